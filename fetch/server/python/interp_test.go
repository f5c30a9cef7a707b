package python

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
)

// TestInterpreter compares expressions with what Python 3.11 says.
func TestInterpreter(t *testing.T) {
	const prelude = `
from enum import Enum, StrEnum, IntEnum
from dataclasses import dataclass, field
import os, re, json
class Color(str, Enum):
    RED = "red"
    BLUE = "blue"
class Plain(Enum):
    A = 1
class Level(IntEnum):
    LOW = 1
@dataclass
class P:
    x: int
    y: list = field(default_factory=list)
def gen():
    for i in range(3):
        yield i
def outer():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    inc()
    return inc()
class Base:
    kind = "base"
    def __init__(self, a, *rest, key=None, **kw):
        self.a, self.rest, self.key, self.kw = a, rest, key, kw
    @property
    def both(self): return (self.a, self.key)
    @classmethod
    def make(cls, *a, **k): return cls(*a, **k)
    @staticmethod
    def twice(x): return x * 2
class Child(Base):
    def __init__(self, a, **kw):
        super().__init__(a + 1, **kw)
    def __eq__(self, other): return self.a == other.a
def tries(f):
    try:
        return f()
    except (KeyError, IndexError) as e:
        return "lookup " + type(e).__name__
    except Exception as e:
        return f"{type(e).__name__}: {e}"
    finally:
        pass
`
	for expr, want := range map[string]string{
		`Color.RED == "red", Color("blue").name, Color.RED.value, [c.value for c in Color]`:                                                     `(True, 'BLUE', 'red', ['red', 'blue'])`,
		`f"{Plain.A}", Level.LOW + 1 if False else Level.LOW == 1, json.dumps({"c": Color.RED})`:                                                `('Plain.A', True, '{"c": "red"}')`,
		`P(1).y + [2], P(x=3, y=[1]).x, list(gen()), outer()`:                                                                                   `([2], 3, [0, 1, 2], 2)`,
		`Child(1, key=2).both, Child.make(3).a, Base.twice("a"), Child(1).kind, Child(1) == Child(1), isinstance(Child(0), Base)`:               `((2, 2), 4, 'aa', 'base', True, True)`,
		`Base(1, 2, 3, z=4).rest, Base(1, z=4).kw, sorted({"b": 1, "a": 2}.items(), key=lambda p: p[1])`:                                        `((2, 3), {'z': 4}, [('b', 1), ('a', 2)])`,
		`tries(lambda: {}["x"]), tries(lambda: [][1]), tries(lambda: int("x")), tries(lambda: 1 / 0)`:                                           `('lookup KeyError', 'lookup IndexError', "ValueError: invalid literal for int() with base 10: 'x'", 'ZeroDivisionError: division by zero')`,
		`"a,b ,c".split(","), " x ".strip(), "%s-%d" % ("a", 3), "{} {x}".format(1, x=2), f"{3.14159:.2f} {7:03d} {'a'!r}"`:                     `(['a', 'b ', 'c'], 'x', 'a-3', '1 2', "3.14 007 'a'")`,
		`[1, 2, 3][::-1], "abc"[1:], (1, 2) + (3,), {**{"a": 1}, "b": 2}, [*range(2), 5], {1, 2} & {2, 3}`:                                      `([3, 2, 1], 'bc', (1, 2, 3), {'a': 1, 'b': 2}, [0, 1, 5], {2})`,
		`1 < 2 < 3, not [] and "x", None or "d", 5 if () else 6, 7 // 2, -7 // 2, -7 % 3, 2 ** 10, "a" in "cat"`:                                `(True, 'x', 'd', 6, 3, -4, 2, 1024, True)`,
		`re.sub(r"\s+", "-", "a  b"), re.match(r"(\w)(\d)?", "a").groups(), bool(re.fullmatch("a+", "aab")), re.split(r"[,;]", "a,b;c")`:        `('a-b', ('a', None), False, ['a', 'b', 'c'])`,
		`max([3, 1], default=0), min("b", "a"), sum([1, 2]), any([0, 1]), all([]), list(zip("ab", [1, 2])), list(enumerate("a", 1))`:            `(3, 'a', 3, True, True, [('a', 1), ('b', 2)], [(1, 'a')])`,
		`json.loads('{"a": [1, 2.5, null, true]}'), json.dumps([1, "é", None]), "x".join(str(i) for i in range(3))`:                             `({'a': [1, 2.5, None, True]}, '[1, "\\u00e9", null]', '0x1x2')`,
		`os.path.join("a", "b"), "a/b.txt".rsplit(".", 1), "Ab".swapcase() if False else "Ab".lower(), "x".ljust(3, "-"), "a-b".partition("-")`: `('a/b', ['a/b', 'txt'], 'ab', 'x--', ('a', '-', 'b'))`,
	} {
		in := newInterp(t.Context(), &server.Source{Name: "x.py", EnvComplete: true}, &flaskHost{})
		m, err := in.run("__main__", "x.py", prelude+"result = "+expr+"\n")
		assert.NilError(t, err, expr)
		assert.Check(t, repr(m.scope.vars["result"]) == want, "%s\ngot  %s\nwant %s", expr, repr(m.scope.vars["result"]), want)
	}
}
