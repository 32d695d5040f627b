nan=float('nan'); inf=float('inf')
V=[0,1,-1,5,0.0,-0.0,1.0,5.5,nan,inf,-inf,2**29,-2**30,2**30-1]
def f(a,b): return (a<b,a<=b,a==b,a!=b,a>b,a>=b)
def g(a,b):
    r=''
    if a<b: r+='l'
    if a<=b: r+='L'
    if a==b: r+='e'
    if a!=b: r+='n'
    if a>b: r+='g'
    if a>=b: r+='G'
    if not a<b: r+='x'
    return r
for k in range(30):
    out=[(f(a,b),g(a,b)) for a in V for b in V]
print(out)
print([a+b for a in V for b in V][:50], [a*b for a in V for b in V][:80],[a-b for a in V for b in V][:80])
