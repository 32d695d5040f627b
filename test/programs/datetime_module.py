"""datetime: dates, times, deltas, zones, formats, parsing, arithmetic, errors."""
import datetime as dt
from datetime import date, datetime, time, timedelta, timezone


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__)  # datetime.py and its C twin word their messages differently


d = date(2024, 2, 29)
print(d, repr(d), d.isoformat(), d.weekday(), d.isoweekday(), tuple(d.isocalendar()), d.toordinal(), date.fromordinal(738945), d.replace(year=2028), d.timetuple(), d.ctime(), date.min, date.max, date.resolution, date.fromisocalendar(2024, 9, 4), hash(d) == hash(date(2024, 2, 29)))
print(d + timedelta(366), d - date(2023, 2, 28), d - timedelta(1), d < date(2024, 3, 1), d == datetime(2024, 2, 29), f"{d:%A %d. %B %Y}", date.fromisoformat("20240229"), date.fromisoformat("2024-W09-4"), sorted([date(2, 1, 1), date(1, 1, 1)]))
delta = timedelta(days=1, hours=-2, minutes=3.5, milliseconds=1, microseconds=7, weeks=1)
print(delta, repr(delta), delta.total_seconds(), delta.days, delta.seconds, delta.microseconds, -delta, abs(-delta), delta * 2, delta / 3, delta // timedelta(hours=1), delta % timedelta(hours=1), divmod(delta, timedelta(hours=5)), delta * 0.1, timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta.max, timedelta.min, timedelta(), bool(timedelta()), str(timedelta(days=-1, seconds=5)), sum([timedelta(1), timedelta(2)], timedelta()))
t = time(13, 5, 9, 42, tzinfo=timezone.utc, fold=1)
print(t, repr(t), t.isoformat("milliseconds"), t.replace(hour=1), t.tzname(), t.utcoffset(), time.fromisoformat("04:23:01.5+02:00"), time.fromisoformat("T0423"), time(1) < time(2), f"{t:%H-%M-%S.%f %p %I %z}", time.min, time.max, bool(time(0)))
zone = timezone(timedelta(hours=5, minutes=30), "IST")
n = datetime(2024, 12, 31, 23, 59, 59, 999999, tzinfo=zone)
print(n, repr(n), n.astimezone(timezone.utc), n.timestamp(), n.utctimetuple(), n.date(), n.time(), n.timetz(), n.isoformat(" ", "seconds"), n + timedelta(microseconds=1), n - datetime(2024, 1, 1, tzinfo=timezone.utc), zone, repr(zone), timezone.utc, timezone(timedelta(hours=-3)), zone.utcoffset(None), zone == timezone(timedelta(hours=5.5)))
print(datetime.fromtimestamp(0, timezone.utc), datetime.fromtimestamp(-1.5, timezone.utc), datetime.fromtimestamp(1e9, zone), datetime.combine(d, t), datetime.combine(d, time(1), zone), datetime.fromisoformat("2024-02-29T13:05:09.000042+00:00"), datetime.fromisoformat("20240229T130509Z"), datetime.fromisoformat("2024-02-29"), datetime.strptime("29/02/24 13:05 +0530", "%d/%m/%y %H:%M %z"), datetime.strptime("Thu Feb 29 2024 01:05 PM", "%a %b %d %Y %I:%M %p"), datetime.strptime("2024-060", "%Y-%j"), date.strptime("2024-02-29", "%Y-%m-%d"), time.strptime("13:05", "%H:%M"))
for code in "aAwdbBmyYHIpMSfzZjUWcxXGuV%":
    print(code, n.strftime("%" + code), d.strftime("%" + code), t.strftime("%" + code) if code not in "YG" else "")
print(datetime.min, datetime.max, datetime(1, 1, 1).strftime("%Y"), n.strftime("%:z"), datetime(2024, 1, 1).__format__(""), datetime(2024, 3, 31, 2, 30, fold=1).fold, n.dst(), n == n.astimezone(timezone.utc), hash(n) == hash(n.astimezone(timezone.utc)), n.replace(tzinfo=None) == datetime(2024, 12, 31, 23, 59, 59, 999999), dt.UTC, dt.MINYEAR, dt.MAXYEAR)


class Summer(dt.tzinfo):
    def utcoffset(self, when):
        return timedelta(hours=1) + self.dst(when)

    def dst(self, when):
        return timedelta(hours=1) if when is not None and 4 <= when.month <= 9 else timedelta(0)

    def tzname(self, when):
        return "SUM" if self.dst(when) else "WIN"


local = datetime(2024, 7, 1, 12, tzinfo=Summer())
print(local, local.tzname(), local.dst(), local.astimezone(timezone.utc), datetime(2024, 1, 1, tzinfo=timezone.utc).astimezone(Summer()), f"{local:%Z %z}", local.timetuple().tm_isdst, local - timedelta(days=182))
attempt(date, 2023, 2, 29)
attempt(date, 0, 1, 1)
attempt(date, 2024, 13, 1)
attempt(date, "2024", 1, 1)
attempt(time, 24)
attempt(datetime, 2024, 1)
attempt(datetime, 2024, 1, 1, 0, 0, 60)
attempt(timedelta, days=10**10)
attempt(timedelta, "1")
attempt(lambda: date.max + timedelta(1))
attempt(lambda: d < n)
attempt(lambda: n < n.replace(tzinfo=None))
attempt(lambda: n - n.replace(tzinfo=None))
attempt(lambda: d + 1)
attempt(timezone, timedelta(hours=24))
attempt(timezone, 5)
attempt(datetime.strptime, "2024", "%Y-%m")
attempt(datetime.strptime, "2024 x", "%Y")
attempt(datetime.strptime, "99", "%Q")
attempt(date.fromisoformat, "2024-2-9")
attempt(datetime.fromisoformat, "nonsense")
attempt(time.fromisoformat, "25:00")
attempt(d.replace, month=0)
attempt(lambda: timedelta(1) / 0)
attempt(setattr, d, "year", 1)
attempt(date.fromordinal, 0)
