from . import note

note(__name__)
value = 1
raise ValueError(f'import {note.__module__}')
