import circle.left
try:
    circle.left.done
except AttributeError as e:
    seen = str(e)
try:
    from .left import done
except ImportError as e:
    imported = str(e), e.name, e.name_from
from . import left
