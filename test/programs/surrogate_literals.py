# Two escapes that make a surrogate pair are two characters: in literals, in what the compiler does with them, in ast and marshal.
import ast
import marshal

pair = '\ud83d\ude00'
smile = '\U0001f600'
print(len(pair), len(smile), pair == smile, [hex(ord(c)) for c in pair])
print(ascii(pair), ascii(smile), ascii('\ude00\ud83d'), ascii('\ud83d😀\ude00'), len('a\ud83d\ude00b\ud83d\ude00'))
print(len('\ud83d' '\ude00'), len('\ud83d' + '\ude00'), len('\ud83d' f'\ude00'), len('\ud83d\ude00' * 2), len('\U0000d83d\U0000DE00'))
print(ascii('\ud83d\ude00'[0]), ascii('\ud83d\ude00'[1]), ascii(f'{1}\ud83d\ude00{2}'))


def both():
    return '\ud83d\ude00', '\U0001f600', ('\ud83d\ude00', '\U0001f600')


one, other, nested = both()
print(len(one), len(other), [len(s) for s in nested])
print({'\ud83d\ude00': 'apart', '\U0001f600': 'together'}[smile], '\ud83d\ude00' in {'\U0001f600'})
match pair:
    case '\U0001f600':
        print('one character')
    case '\ud83d\ude00':
        print('two characters')

code = compile(r"x = '\ud83d\ude00'", '<text>', 'exec')
again = marshal.loads(marshal.dumps(code))
scope = {}
exec(again, scope)
print(len(scope['x']), again == code, len(marshal.loads(marshal.dumps(pair))))

tree = ast.parse(r"x = '\ud83d\ude00', '\U0001f600'")
print([len(e.value) for e in tree.body[0].value.elts])
print(ascii(ast.dump(tree)))
print(ascii(ast.unparse(tree)))
exec(compile(tree, '<tree>', 'exec'), scope)
print([len(s) for s in scope['x']])
print(len(ast.literal_eval(r"'\ud83d\ude00'")), len(eval(r"'\ud83d\ude00'")))
