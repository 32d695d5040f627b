"""The modules under hashlib: digests, chunks, copies, parameters, errors."""
import _md5,_sha1,_sha2,_sha3,_blake2
def T(f):
    try: print(repr(f())[:200])
    except BaseException as e: print(type(e).__name__,e)
for mod in (_md5,_sha1,_sha2,_sha3,_blake2): print([n for n in dir(mod) if not n.startswith('__')])
F=[_md5.md5,_sha1.sha1,_sha2.sha224,_sha2.sha256,_sha2.sha384,_sha2.sha512,_sha3.sha3_224,_sha3.sha3_256,_sha3.sha3_384,_sha3.sha3_512,_sha3.shake_128,_sha3.shake_256,_blake2.blake2b,_blake2.blake2s]
for f in F:
    n=(20,) if 'shake' in f.__name__ else ()
    h=f(b'abc')
    print(f.__name__,type(h),h.name,h.block_size,h.digest_size,h.hexdigest(*n),h.digest(*n)[:4],[x for x in dir(h) if x not in dir(object)])
    h.update(b'x'*1000); g=h.copy(); h.update(bytearray(b'y'*77)); g.update(memoryview(b'y'*77)); print(h.hexdigest(*n)==g.hexdigest(*n), h.hexdigest(*n)==f(b'abc'+b'x'*1000+b'y'*77).hexdigest(*n), h.hexdigest(*n))
    T(lambda: f('a')); T(lambda: f(5)); T(lambda: h.update('a')); T(lambda: h.update()); T(lambda: f(data=b'abc').hexdigest(*n)==f(b'abc').hexdigest(*n)); T(lambda: f(string=b'abc').hexdigest(*n)==f(b'abc').hexdigest(*n)); T(lambda: f(b'a',usedforsecurity=False).name); T(lambda: f(b'a',b'b')); T(lambda: f(b'a',string=b'b')); T(lambda: f(nope=1)); T(lambda: f().hexdigest(*n)); T(lambda: h.digest(1,2)); T(lambda: setattr(h,'name','x')); T(lambda: type(h)(b'q').hexdigest(*n))
s=_sha3.shake_128(b'a'); T(lambda:s.digest()); T(lambda:s.digest(-1)); T(lambda:s.digest(0)); T(lambda:s.hexdigest(3)); T(lambda:s.digest(2**40)); T(lambda:s.digest('x')); T(lambda:s.digest(length=4)); T(lambda: s.digest_size)
t=_sha3.sha3_256(b'a'); T(lambda:(t._capacity_bits,t._rate_bits,t._suffix)); T(lambda:(s._capacity_bits,s._rate_bits,s._suffix))
B=_blake2.blake2b; S=_blake2.blake2s
for c in (B,S):
    T(lambda:(c.SALT_SIZE,c.PERSON_SIZE,c.MAX_KEY_SIZE,c.MAX_DIGEST_SIZE))
    T(lambda:c(b'abc',digest_size=20).hexdigest()); T(lambda:c(b'abc',key=b'key',salt=b'salt',person=b'pers').hexdigest()); T(lambda:c(b'abc',digest_size=0)); T(lambda:c(b'abc',digest_size=65)); T(lambda:c(key=b'k'*65)); T(lambda:c(salt=b's'*17)); T(lambda:c(person=b's'*17)); T(lambda:c(fanout=256)); T(lambda:c(depth=0)); T(lambda:c(leaf_size=-1)); T(lambda:c(leaf_size=2**32)); T(lambda:c(node_offset=2**64)); T(lambda:c(node_offset=-1)); T(lambda:c(node_offset=2**48).name); T(lambda:c(node_depth=256)); T(lambda:c(inner_size=65)); T(lambda:c(b'abc',fanout=2,depth=2,leaf_size=5,node_offset=3,node_depth=1,inner_size=32,last_node=True).hexdigest()); T(lambda:c(b'abc',key=b'').hexdigest()); T(lambda:c(key='x')); T(lambda:c(b'',key=b'k').hexdigest()); T(lambda:c(b'x'*128,key=b'k').hexdigest()); T(lambda:c(b'x'*128).hexdigest()); T(lambda:c(b'x'*256).hexdigest())
