import pkg
from .. import a
name = __name__
