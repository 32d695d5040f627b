import _thread


def shown(f, *args):
    try:
        return f(*args)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


def in_thread(f):
    _thread.start_joinable_thread(f).join()


local = _thread._local()
local.x = 1
print(local.__dict__, local.x)
print(shown(lambda: local.y))
print(shown(delattr, local, 'y'))
print(shown(setattr, local, '__dict__', {}))
print(shown(_thread._local, 1))


def other():
    print(local.__dict__, shown(lambda: local.x))
    local.x = 2
    local.z = 3
    del local.z
    print(local.__dict__)


in_thread(other)
print(local.__dict__)


class Account(_thread._local):
    currency = 'EUR'
    made = 0

    def __init__(self, owner, *, balance=0):
        Account.made += 1
        self.owner = owner
        self.balance = balance

    @property
    def text(self):
        return f'{self.owner}: {self.balance} {self.currency}'

    def add(self, n):
        self.balance += n
        return self


account = Account('ann', balance=5)
print(account.add(1).text, Account.made)


def spend():
    print(account.text, Account.made)
    account.add(-3)
    account.currency = 'USD'
    print(account.text, sorted(account.__dict__))


in_thread(spend)
in_thread(lambda: print(account.text, Account.made))
print(account.text, sorted(account.__dict__))
print(shown(setattr, account, 'text', 1))


class Failing(_thread._local):
    def __init__(self):
        if _thread.get_ident() != _thread._get_main_thread_ident():
            raise ValueError('not here')


failing = Failing()
in_thread(lambda: print(shown(lambda: failing.x)))
