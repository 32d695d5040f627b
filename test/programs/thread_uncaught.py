import _thread


class Fails:
    def __repr__(self):
        return 'Fails()'

    def __call__(self):
        raise ValueError('x')


_thread.start_joinable_thread(Fails()).join()


def exits():
    raise SystemExit(3)


_thread.start_joinable_thread(exits).join()
print('main goes on')
