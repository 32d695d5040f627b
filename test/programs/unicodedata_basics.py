"""unicodedata: categories, normal forms, decimal digits, characters by name."""
import re
import unicodedata as u


def show(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


print([u.category(c) for c in "aAǅʰªꙮ\u0300\u0903\u20dd5Ⅷ½_-([)]«»!+$^© \u2028\u2029\n\xad\ue000\U0010ffff"])
show(lambda: u.category("\ud800"))
print([u.decimal(c) for c in "09٣९𝟘𝟡𝟚"])
show(lambda: u.decimal("x"))
show(lambda: u.decimal("x", None))
show(lambda: u.decimal("½", -1))
for form in ("NFC", "NFD", "NFKC", "NFKD"):
    show(lambda: ascii(u.normalize(form, "é e\u0301 ﬁ ² Å 가 \u1100\u1161")))
    show(lambda: u.is_normalized(form, "é"))
show(lambda: u.normalize("NFX", "a"))
show(lambda: u.lookup("BULLET"))
show(lambda: u.lookup("latin small letter e with acute"))
show(lambda: u.lookup("NO SUCH NAME"))
show(lambda: u.category("ab"))
show(lambda: re.findall(r"\N{BULLET}|\N{EM DASH}", "a•b—c"))
