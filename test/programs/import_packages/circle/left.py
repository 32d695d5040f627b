from . import right
done = True
