from . import deep
from ..a import value as above
