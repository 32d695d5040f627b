# What sysconfig knows of the interpreter's build, and where things are.
import sys
import sysconfig

print(sysconfig.get_config_var('TZPATH'), sysconfig.get_config_var('Py_DEBUG'), sysconfig.get_config_var('no such'))
print(sysconfig.get_python_version(), bool(sysconfig.get_config_var('Py_GIL_DISABLED')) != sys._is_gil_enabled())
print(sysconfig.get_config_vars('prefix', 'py_version_short') == [sys.prefix, '3.14'])
print(sorted(sysconfig.get_paths()))
