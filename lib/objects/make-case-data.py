import sys
def js_upper_then_lower(c):
    u=c.upper()
    return u[0]+u[1:].lower()
def runs(pairs):
    # (code, text) -> "code:text" with hex, compact
    return ' '.join('%x:%s' % (c, '.'.join('%x'%ord(x) for x in t)) for c,t in pairs)
title=[(c,chr(c).title()) for c in range(0x110000) if not 0xd800<=c<0xe000 and chr(c).title()!=js_upper_then_lower(chr(c))]
fold=[(c,chr(c).casefold()) for c in range(0x110000) if not 0xd800<=c<0xe000 and chr(c).casefold()!=chr(c).lower()]
sys.stderr.write(f"{len(title)} {len(fold)}\n")
def out(name,doc,pairs):
    s=runs(pairs); words=s.split(' ')
    lines=[];cur=''
    for w in words:
        if len(cur)+len(w)>130: lines.append(cur); cur=''
        cur+=w+' '
    lines.append(cur.rstrip())
    print(f"/** {doc} */\nexport const {name} =\n  " + " +\n  ".join("'%s'"%l for l in lines)+";\n")
print("/** Case mappings that JavaScript lacks (Unicode 16, as CPython 3.14 has them): 'code:result.result', hexadecimal. Made by make-case-data.py. */\n")
out('TITLE_EXCEPTIONS','Title case where it is not the upper case with its further characters lowered.',title)
out('FOLD_EXCEPTIONS','Case folding where it is not the lower case.',fold)
