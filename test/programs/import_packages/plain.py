_hidden = 1
shown = 2
import os as _os
