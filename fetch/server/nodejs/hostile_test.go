package nodejs_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// hostile are programs that do not end, or take all memory.
var hostile = map[string]string{
	"loop":            `while (true) {}`,
	"caught loop":     `for (;;) { try { while (true) {} } catch (e) {} finally { continue } }`,
	"promises":        `(function f() { return Promise.resolve().then(f) })()`,
	"ticks":           `(function f() { process.nextTick(f) })()`,
	"immediates":      `(function f() { setImmediate(f) })()`,
	"timers":          `(function f() { setTimeout(f, 0) })()`,
	"recursion":       `(function f() { f() })()`,
	"getter":          `const o = { get a() { return this.a } }; o.a`,
	"list":            `const a = []; for (;;) a.push(a.length)`,
	"text":            `let a = 'x'; for (;;) a += a`,
	"repeat":          `'x'.repeat(2 ** 29)`,
	"pad":             `'x'.padStart(2 ** 29)`,
	"fill":            `new Array(2 ** 28).fill(0)`,
	"join":            `new Array(2 ** 28).join('xxxxxxxx')`,
	"from":            `Array.from({ length: 2 ** 28 })`,
	"buffer":          `Buffer.alloc(2 ** 31)`,
	"typed":           `new Uint8Array(2 ** 31)`,
	"ahead":           `/^(?=(a+)+$)b/.test('a'.repeat(40) + '!')`,
	"nested quantors": `/^(a+)+$/.test('a'.repeat(100000) + '!')`,
	"code":            `eval('1')`,
	"function":        `new Function('return 1')()`,
	"constructor":     `(() => {}).constructor('return 1')()`,
	"deep":            strings.Repeat("[", 100000) + strings.Repeat("]", 100000),
	"calls":           strings.Repeat("f(", 50000) + strings.Repeat(")", 50000),
	"unknown loop":    `const x = require('nothing'); while (x.next()) {}`,
	"unknown tree":    `const x = require('nothing'); for (let i = 0; i < 1000; i++) if (x.is(i)) y = i; else z = i`,
	"unknown members": `let x = require('nothing'); for (;;) x = x.y`,
}

// A program that does not end is refused within a second or so; one that only
// prepares to misbehave is not.
func TestHostile(t *testing.T) {
	nodejs.WithoutPatience(t)
	if testing.Short() {
		t.Skip("it uses up the time and the memory that a program may have")
	}
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			_, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "app.js", Text: text + "\n;require('http').createServer(() => {}).listen(1)"})
			if err != nil {
				assert.Check(t, !strings.Contains(err.Error(), "\n"), "%v", err)
			}
			t.Log(time.Since(begin), err)
		})
	}
}

// What a request makes the program do is limited too, and the program cannot catch
// the refusal.
func TestHostileAnswer(t *testing.T) {
	nodejs.WithoutPatience(t)
	if testing.Short() {
		t.Skip("it uses up the time and the memory that a program may have")
	}
	for name, text := range hostile {
		if name == "deep" || name == "calls" || strings.HasPrefix(name, "unknown") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "app.js", Text: fmt.Sprintf(`
const app = require('express')();
app.get('/', (req, res) => { try { %s } catch (e) { if (!(e instanceof RangeError)) res.json('caught') } res.json('done') });
app.listen(1)`, text)})
			assert.NilError(t, err)
			begin := time.Now()
			_, err = model.Answer(t.Context(), request("GET", "/"))
			t.Log(time.Since(begin), err)
		})
	}
}
