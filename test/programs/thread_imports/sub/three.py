from . import two

value = two + 1
