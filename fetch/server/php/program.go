package php

import (
	"context"
	"io/fs"
	"maps"
	"strings"
	"sync"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// program is a program that answers requests. It is a [server.Answerer].
type program struct {
	main  *source
	files fs.FS
	// complete is set when a file that is not in files does not exist on the server.
	complete    bool
	root        string // where the folder of files lies on the server
	version     server.Version
	env         map[string]string
	envComplete bool
	set         map[string]value
	settings    map[string]string
	builtins    map[string]builtin
	prelude     map[string]*class
	// framework is nil for a program that answers by itself.
	framework *framework

	mu      sync.Mutex
	parsed  map[string]*source
	folders map[string]string // of the namespaces in composer.json
}

// prelude are the classes of PHP that programs use, in PHP.
const prelude = `
interface Throwable {}
interface JsonSerializable {} interface Countable {} interface Stringable {} interface ArrayAccess {} interface UnitEnum {} interface BackedEnum extends UnitEnum {}
interface Traversable {} interface Iterator extends Traversable {} interface IteratorAggregate extends Traversable {} final class Generator implements Iterator {}
class stdClass {}
class Exception implements Throwable {
	protected $message = ''; protected $code = 0; protected $previous = null;
	public function __construct($message = null, $code = null, $previous = null) { $this->message = $message ?? $this->message; $this->code = $code ?? $this->code; $this->previous = $previous; }
	public function getMessage() { return $this->message; }
	public function getCode() { return $this->code; }
	public function getPrevious() { return $this->previous; }
	public function getFile() { return ''; }
	public function getLine() { return 0; }
	public function getTrace() { return []; }
	public function getTraceAsString() { return '#0 {main}'; }
	public function __toString() { return $this->message; }
}
class Error extends Exception {}
class ErrorException extends Exception {
	protected $severity = 1;
	public function __construct($message = '', $code = 0, $severity = 1, $file = '', $line = 0, $previous = null) { $this->message = $message; $this->code = $code; $this->severity = $severity; $this->previous = $previous; }
	public function getSeverity() { return $this->severity; }
}
class CompileError extends Error {} class ParseError extends CompileError {} class TypeError extends Error {} class ValueError extends Error {} class ArgumentCountError extends TypeError {}
class ArithmeticError extends Error {} class DivisionByZeroError extends ArithmeticError {} class UnhandledMatchError extends Error {}
class RuntimeException extends Exception {} class LogicException extends Exception {} class JsonException extends Exception {}
class InvalidArgumentException extends LogicException {} class DomainException extends LogicException {} class LengthException extends LogicException {}
class OutOfRangeException extends LogicException {} class BadFunctionCallException extends LogicException {} class BadMethodCallException extends BadFunctionCallException {}
class OutOfBoundsException extends RuntimeException {} class RangeException extends RuntimeException {} class UnexpectedValueException extends RuntimeException {}
class OverflowException extends RuntimeException {} class UnderflowException extends RuntimeException {} class PDOException extends RuntimeException {}
class mysqli_sql_exception extends RuntimeException {}
class ArrayIterator implements Iterator, Countable, ArrayAccess {
	private $of; private $keys; private $at = 0;
	public function __construct($array = []) { $this->of = $array; $this->keys = array_keys($array); }
	public function rewind() { $this->at = 0; $this->keys = array_keys($this->of); }
	public function valid() { return $this->at < count($this->keys); }
	public function current() { return $this->of[$this->keys[$this->at]]; }
	public function key() { return $this->keys[$this->at] ?? null; }
	public function next() { $this->at++; }
	public function count() { return count($this->of); }
	public function offsetExists($k) { return isset($this->of[$k]); }
	public function offsetGet($k) { return $this->of[$k]; }
	public function offsetSet($k, $v) { if ($k === null) { $this->of[] = $v; } else { $this->of[$k] = $v; } }
	public function offsetUnset($k) { unset($this->of[$k]); }
	public function getArrayCopy() { return $this->of; }
}
class ArrayObject extends ArrayIterator implements IteratorAggregate { public function getIterator() { return new ArrayIterator($this->getArrayCopy()); } }
`

// preludeClasses returns the classes of the prelude. They are shared by all runs.
var preludeClasses = sync.OnceValue(func() map[string]*class {
	src, err := parse("", prelude, true)
	if err != nil {
		panic(err)
	}
	r := &run{classes: make(map[string]*class)}
	for _, s := range src.body {
		if c, ok := s.(*classStmt); ok {
			r.link(c.class)
		}
	}
	// An Error is not an Exception.
	failure := r.classes["error"]
	failure.above, failure.methods, failure.props, failure.bases = nil, r.classes["exception"].methods, r.classes["exception"].props, []string{"Throwable"}
	return r.classes
})

// declared returns a class of the program or of the prelude by its name in lower case;
// nil when there is none.
func (r *run) declared(name string) *class {
	if c := r.classes[name]; c != nil {
		return c
	}
	return r.program.prelude[name]
}

// link adds a class of the prelude below its parent.
func (r *run) link(c *class) {
	if c.parent != "" && c.kind == "class" {
		c.above = r.classes[fetch.ByteLowercase(c.parent)]
	}
	r.classes[fetch.ByteLowercase(c.name)] = c
}

// newRun prepares a run for a request.
func (p *program) newRun(ctx context.Context, req *server.Request, ways []bool) *run {
	r := &run{
		ctx: ctx, program: p, req: req, choices: worlds.Begin(ways, nil),
		funcs: make(map[string]*function), classes: make(map[string]*class), consts: make(map[string]value),
		statics: make(map[*class]map[string]*ref), kept: make(map[*staticStmt]map[string]*ref),
		included: map[string]bool{p.main.name: true}, supers: make(map[string]*ref), env: make(map[string]string), settings: p.settings,
	}
	maps.Copy(r.env, p.env)
	r.status = 200
	r.errors = isOn(p.settings["display_errors"])
	r.globals = &frame{vars: make(map[string]*ref), src: p.main}
	r.frame = r.globals
	return r
}

// run runs the program and what runs after it.
func (r *run) run() (stop error) {
	defer func() {
		if s, ok := recover().(stops); ok {
			stop = s.err
		}
		r.endGenerators()
	}()
	r.named = r.program.main.named
	r.guard(func() {
		r.enter()
		r.hoist(r.program.main.body)
		r.result = nil
		r.execAll(r.program.main.body)
		r.serve()
	})
	for i := 0; i < len(r.shutdown) && i < maxCalls; i++ {
		r.guard(func() { r.callValue(pos{src: r.program.main}, r.shutdown[i]) })
	}
	for len(r.buffers) > 0 {
		r.flushBuffer(pos{})
	}
	r.guard(func() { r.sendNow(pos{src: r.program.main}) })
	if r.outer != nil && !r.named {
		r.lose(r.outer)
	}
	return nil
}

// guard runs a part of the program up to its end, an exit or an exception that
// nothing catches.
func (r *run) guard(f func()) {
	defer func() {
		switch e := recover().(type) {
		case nil, exits:
		case thrown:
			r.reset()
			r.uncaught(e)
		default:
			panic(e)
		}
		r.reset()
	}()
	f()
}

func (r *run) reset() { r.frame, r.depth, r.levels = r.globals, 0, 0 }

// uncaught ends the program with an exception that nothing catches.
func (r *run) uncaught(e thrown) {
	if h := r.exceptionHandler; h != nil {
		r.exceptionHandler = nil
		r.guard(func() { r.callValue(e.at, h, e.obj) })
		return
	}
	if !r.errors && !r.sent && r.status == 200 {
		r.status, r.line = 500, 500
	}
	r.failed(e.at, levelError, "Uncaught exception")
	if r.errors {
		r.write(e.at, "\nFatal error: Uncaught exception")
	}
	r.note(e.at, "", "an exception that nothing catches ends the program")
}

// versionConstant returns PHP_VERSION and its parts.
func (p *program) versionConstant(word string) value {
	parts := strings.SplitN(p.version.Version+".0.0", ".", 4)
	major, minor, release := toInt(parts[0]), toInt(parts[1]), toInt(parts[2])
	switch word {
	case "php_major_version":
		return major
	case "php_minor_version":
		return minor
	case "php_version_id":
		return major*10000 + minor*100 + release
	}
	return p.version.Version
}
