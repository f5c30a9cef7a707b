package python

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// allLoaders are the readers of the package.
var allLoaders = []func(context.Context, server.Source) (*server.Model, error){loadFlask, loadFastAPI, loadDjango}

// TestHostile checks that programs that do not end, or that need much memory, are
// stopped.
func TestHostile(t *testing.T) {
	app := "from flask import Flask\napp = Flask(__name__)\n"
	for name, text := range map[string]string{
		"loop":       app + "while True:\n    x = 1\n",
		"recursion":  app + "def f(n):\n    return f(n)\nf(1)\n",
		"string":     app + "x = 'a'\nwhile True:\n    x += x\n",
		"repeat":     app + "x = 'a' * 10 ** 12\ny = [1] * 10 ** 12\n",
		"range":      app + "for i in range(10 ** 12):\n    pass\n",
		"join":       app + "x = ['a' * 10000] * 10000\ny = 'b'.join(x)\nz = y.join(x)\n",
		"replace":    app + "x = 'a' * 100000\ny = x.replace('a', x)\n",
		"list":       app + "x = [1]\nwhile True:\n    x.extend(x)\n",
		"deep":       app + "x = " + strings.Repeat("(", 50000) + "\n",
		"nested":     app + strings.Repeat("if 1:\n ", 3000) + "x = 1\n",
		"lists":      app + "x = []\nx.append(x)\nprint(x)\ny = str(x)\nz = x == x\n",
		"format":     app + "x = '%0999999999d' % 3\ny = '{:999999999}'.format(3)\nz = f'{3:999999999}'\n",
		"pad":        app + "x = 'a'.zfill(10 ** 12)\n",
		"comprehend": app + "x = [i for i in range(1000) for j in range(1000) for k in range(1000)]\n",
		"classes":    app + "class A(A): pass\n",
		"names":      app + strings.Repeat("a = b = c = d = e = f = 1\n", 20000),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := loadFlask(t.Context(), server.Source{Name: "app.py", Text: text})
			if err != nil {
				assert.Check(t, !strings.Contains(err.Error(), "\n"))
			}
		})
	}
}

// FuzzLoad checks that every text is read and every request answered.
func FuzzLoad(f *testing.F) {
	files, err := filepath.Glob("../../../conformance/testdata/servers*/*/*.py")
	assert.NilError(f, err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		assert.NilError(f, err)
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		for _, load := range allLoaders {
			m, err := load(ctx, server.Source{Name: "app.py", Text: text})
			if err != nil {
				continue
			}
			for _, method := range []string{"GET", "OPTIONS", "POST"} {
				req := &server.Request{Method: method, Target: "/api/users", Header: fetch.HeaderList{{Name: "Host", Value: "a"}, {Name: "Origin", Value: "https://a"}, {Name: "Access-Control-Request-Method", Value: "PUT"}}, Body: "{}"}
				_, _ = m.Answer(ctx, req) // an answer or an error, but no panic
			}
		}
	})
}

// BenchmarkLoad reads an application.
func BenchmarkLoad(b *testing.B) {
	text, err := os.ReadFile("../../../conformance/testdata/servers/flask-cors-form3/app.py")
	assert.NilError(b, err)
	for b.Loop() {
		if _, err := loadFlask(b.Context(), server.Source{Name: "app.py", Text: string(text), EnvComplete: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnswer answers a preflight.
func BenchmarkAnswer(b *testing.B) {
	text, err := os.ReadFile("../../../conformance/testdata/servers/flask-cors-form3/app.py")
	assert.NilError(b, err)
	m, err := loadFlask(b.Context(), server.Source{Name: "app.py", Text: string(text), EnvComplete: true})
	assert.NilError(b, err)
	req := &server.Request{Method: "OPTIONS", Target: "/api/users", Header: fetch.HeaderList{{Name: "Host", Value: "a"}, {Name: "Origin", Value: "https://myapp.com"}, {Name: "Access-Control-Request-Method", Value: "PUT"}}}
	for b.Loop() {
		if _, err := m.Answer(b.Context(), req); err != nil {
			b.Fatal(err)
		}
	}
}
