"""unittest: a small run with every outcome, assertions and their messages, subtests, fixtures."""
import io
import re
import unittest


class Outcomes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = ["setUpClass"]

    def setUp(self):
        self.log.append("setUp")
        self.addCleanup(self.log.append, "cleanup")

    def tearDown(self):
        self.log.append("tearDown")

    def test_pass(self):
        """A doc line."""
        self.assertEqual(1, 1)

    def test_fail(self):
        self.assertEqual([1, 2, 3], [1, 3, 3])

    def test_error(self):
        raise KeyError("oops")

    @unittest.skip("not now")
    def test_skip(self): ...

    @unittest.skipIf(True, "condition")
    def test_skip_if(self): ...

    def test_skip_inside(self):
        self.skipTest("inside")

    @unittest.expectedFailure
    def test_expected(self):
        self.fail("as expected")

    @unittest.expectedFailure
    def test_unexpected(self): ...

    def test_sub(self):
        for i in range(3):
            with self.subTest("sub", i=i):
                self.assertNotEqual(i, 1)


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ValueError("class")

    def test_never(self): ...


def clean(text):
    text = re.sub(r"in \d+\.\d+s", "in Xs", text)
    return re.sub(r'File ".*?", line \d+', "File X", text)


def run(*classes, **options):
    out = io.StringIO()
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(c) for c in classes)
    result = unittest.TextTestRunner(out, **options).run(suite)
    print(clean(out.getvalue()))
    print(result, result.wasSuccessful(), result.testsRun)


run(Outcomes, verbosity=2)
run(Broken)
run(Outcomes, verbosity=0, failfast=True, descriptions=False)
print(Outcomes.log[:8])
case = unittest.TestCase()
case.maxDiff = 200


def failing(name, *args, **kwargs):
    try:
        value = getattr(case, name)(*args, **kwargs)
        print(name, "passed", value if not hasattr(value, "__enter__") else "context")
    except AssertionError as error:
        print(name, "->", str(error))
    except Exception as error:
        print(name, type(error).__name__, error)


for name, *args in (
    ("assertEqual", 1, 2),
    ("assertEqual", "one\ntwo\n", "one\n2\n"),
    ("assertEqual", {"a": 1, "b": 2}, {"a": 1, "b": 3}),
    ("assertEqual", (1, 2), (1, 2, 3)),
    ("assertEqual", {1}, {2}),
    ("assertEqual", [[1] * 50], [[2] * 50]),
    ("assertNotEqual", 1, 1),
    ("assertTrue", 0),
    ("assertFalse", "x", "message"),
    ("assertIs", 1, 2),
    ("assertIsNot", None, None),
    ("assertIsNone", 1),
    ("assertIsNotNone", None),
    ("assertIn", 1, [2]),
    ("assertNotIn", 1, [1]),
    ("assertIsInstance", 1, str),
    ("assertNotIsInstance", 1, int),
    ("assertAlmostEqual", 1, 1.1),
    ("assertAlmostEqual", 1, 1.00000001),
    ("assertNotAlmostEqual", 1, 1),
    ("assertGreater", 1, 2),
    ("assertLessEqual", 2, 1),
    ("assertRegex", "abc", "x"),
    ("assertNotRegex", "abc", "b"),
    ("assertCountEqual", [1, 2, 2], [2, 1]),
    ("assertCountEqual", [1, 2], [2, 1]),
    ("assertStartsWith", "abc", "b"),
    ("assertHasAttr", 1, "nope"),
    ("assertIsSubclass", int, str),
    ("assertRaises", ValueError, int, "5"),
    ("assertRaises", ValueError, int, "x"),
    ("assertRaisesRegex", ValueError, "no match", int, "x"),
    ("assertRaises", ValueError, lambda: 1 / 0),
    ("assertMultiLineEqual", "a\n", "b\n", "msg"),
    ("assertDictEqual", {}, []),
    ("fail", "text"),
):
    failing(name, *args)
with case.assertRaises(ValueError) as caught:
    int("x")
print(caught.exception)
with case.assertWarns(DeprecationWarning) as warned:
    import warnings

    warnings.warn("old", DeprecationWarning)
print(warned.warning)
with case.assertLogs("log", "INFO") as logs:
    import logging

    logging.getLogger("log").info("hello")
print(logs.output)
try:
    with case.assertNoLogs():
        logging.getLogger("x").warning("w")
except AssertionError as error:
    print(error)

print(unittest.TestCase.id(Outcomes("test_pass")), Outcomes("test_pass").shortDescription(), str(Outcomes("test_pass")), unittest.defaultTestLoader.getTestCaseNames(Outcomes))
