"""Writes fixtures.json from snippets.txt: for each snippet what CPython 3.14 makes of it.

    cpython3.14 test/syntax/make-fixtures.py

Snippets are separated by lines '### MODE'. The tree is ast.dump with attributes, where a location is shortened to
@line.col-endline.endcol and the end line is left out when it is the same; an error is its type and attributes.
"""
import ast
import json
import os
import re
import sys
import warnings

assert sys.version_info[:2] == (3, 14), 'CPython 3.14 wanted'
warnings.simplefilter('ignore')
folder = os.path.dirname(os.path.abspath(__file__))


def location(m):
    line, col, end_line, end_col = m.groups()
    return f'@{line}.{col}-' + (f'{end_line}.' if end_line != line else '') + end_col


def fixture(mode, source):
    try:
        tree = compile(source, '<fixture>', mode, ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError as e:
        return [mode, source, [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, e.text]]
    text = ast.dump(tree, include_attributes=True)
    pattern = r'(?:, )?lineno=(\d+), col_offset=(\d+), end_lineno=(\d+), end_col_offset=(\d+)'
    return [mode, source, re.sub(pattern, location, text)]


with open(os.path.join(folder, 'snippets.txt'), encoding='utf-8', newline='') as f:
    parts = re.split(r'^### (\w+)\n', f.read(), flags=re.M)[1:]
fixtures = [fixture(mode, source.removesuffix('\n')) for mode, source in zip(parts[::2], parts[1::2])]
with open(os.path.join(folder, 'fixtures.json'), 'w', encoding='utf-8') as f:
    f.write('[\n' + ',\n'.join(json.dumps(x, ensure_ascii=True) for x in fixtures) + '\n]\n')
print(len(fixtures), 'fixtures,', sum(isinstance(x[2], list) for x in fixtures), 'of errors')
