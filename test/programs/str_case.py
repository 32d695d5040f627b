"""Case methods and character classes of str."""
for s in ("hello World", "PYTHON", "ß", "ÄÖÜ straße", "they're bill's", "x1y2 z3", "", "ǆ", "ΑΣ"):
    print([s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold()])
for s in ("abc", "ABC", "Abc", "a1", "123", "½", "²", "١", "_x", "1x", "class", " ", "\t\n", "", "Ab Cd", "é", "a b", "日本"):
    print(repr(s), [name for name in ("isalpha", "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle",
                                      "isidentifier", "isprintable", "isascii") if getattr(s, name)()])
