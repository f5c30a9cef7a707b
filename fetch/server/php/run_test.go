package php

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/worlds"
)

// request returns a request with some headers: "Name: value".
func request(method, target string, headers ...string) *server.Request {
	r := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}}
	for _, h := range headers {
		name, v, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, fetch.Header{Name: name, Value: v})
	}
	return r
}

// answerOf returns the status and the CORS lines of an answer in words.
func answerOf(t *testing.T, src server.Source, r *server.Request) string {
	t.Helper()
	m, err := load(t.Context(), src)
	if err != nil {
		return err.Error()
	}
	a, err := m.Answer(t.Context(), r)
	if err != nil {
		return err.Error()
	}
	status := strings.TrimSuffix(strings.Repeat("?", btoi(a.StatusUnknown != nil))+" ", " ")
	return strings.TrimSpace(status + toString(int64(a.Status)) + "\n" + worlds.Lines(a))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// TestAnswers runs small programs for one request.
func TestAnswers(t *testing.T) {
	get := request("GET", "/api/users?x=1", "Origin: https://myapp.com")
	for _, c := range []struct {
		name, code, want string
		set, env         map[string]string
		complete         bool
	}{
		{name: "header() after output is buffered", code: `echo 1; header('Vary: A');`, want: "200\nvary: A"},
		{name: "header() after output without a buffer", code: `echo 1; header('Vary: A');`, set: map[string]string{"output_buffering": "0"}, want: "200"},
		{name: "a text before the code", code: `?> <?php header('Vary: A');`, set: map[string]string{"output_buffering": "0"}, want: "200"},
		{name: "a line break in a value", code: `header("Vary: A\nB: c");`, want: "200"},
		{name: "an exception with display_errors", code: `ini_set('display_errors', 1); throw new Exception;`, want: "200"},
		{name: "an exception", code: `throw new Exception;`, want: "500"},
		{name: "an unset variable", code: `header('Vary: ' . (getenv('A') ?: 'none'));`, complete: true, want: "200\nvary: none"},
		{name: "a variable", code: `header('Vary: ' . (getenv('A') ?: 'none'));`, env: map[string]string{"A": "b"}, want: "200\nvary: b"},
		{name: "a variable that is not known", code: `header('Vary: ' . (getenv('A') ?: 'none'));`,
			want: "index.php:1:26: the environment variable A is not known; give it with --env A=…"},
		{name: "a value that is not known and does not matter", code: `header('Access-Control-Allow-Origin: *'); $db = new PDO('x'); if (!$db) { http_response_code(500); } header('X-A: ' . $db->name);`, want: "?200\naccess-control-allow-origin: *"},
		{name: "headers that depend on what is not known", code: `if (time() > 5) { header('Vary: A'); }`,
			want: "index.php:1:11: the value of time() is not known"},
		{name: "both ways are the same", code: `if (time() > 5) { header('Vary: A'); } else { header('Vary: A'); }`, want: "200\nvary: A"},
		{name: "a database before the headers", code: `$db = new PDO('x'); header('Vary: A, Access-Control-Request-Method');`,
			want: `index.php:1:13: whether new PDO throws an exception is not known; say that it works with --set "new PDO=ok"`},
		{name: "a database that works", code: `$db = new PDO('x'); header('Vary: A');`, set: map[string]string{"new PDO": "ok"}, want: "200\nvary: A"},
		{name: "a look-ahead", code: `if (preg_match('/^(?!x)/', $_SERVER['HTTP_ORIGIN'])) header('Vary: A');`,
			want: "index.php:1:11: what the pattern /^(?!x)/ matches: it has a group that is not modelled is not known; write it without, or compare strings"},
		{name: "a file that is not given", code: `header('Access-Control-Allow-Origin: *'); require 'db.php'; $pdo->query('x');`, want: "?200\naccess-control-allow-origin: *"},
		{name: "a file that may send CORS headers", code: `header('Access-Control-Allow-Origin: *'); require 'cors.php';`,
			want: "index.php:1:49: what cors.php does is not known; give it with --file cors.php"},
		{name: "all is elsewhere", code: `require 'bootstrap.php';`, want: "index.php:1:7: what bootstrap.php does is not known; give it with --file bootstrap.php"},
		{name: "a framework", code: `$app = AppFactory::create(); $app->add(function ($q, $h) { return $h->handle($q)->withHeader('Access-Control-Allow-Origin', '*'); }); $app->run();`,
			want: "index.php:1:14: the value of AppFactory::create() (it is not run) is not known; give the file that defines it with --file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := server.Source{Name: "index.php", Text: "<?php " + c.code, Set: c.set, Env: c.env, EnvComplete: c.complete}
			if strings.HasPrefix(c.code, "?>") {
				src.Text = strings.TrimPrefix(c.code, "?>")
			}
			assert.Equal(t, answerOf(t, src, get), c.want)
		})
	}
}

// TestFragment reads code without <?php.
func TestFragment(t *testing.T) {
	src := server.Source{Name: "paste", Text: "header('Access-Control-Allow-Origin: *');\nif ($_SERVER['REQUEST_METHOD'] == 'OPTIONS') exit;"}
	m, err := load(t.Context(), src)
	assert.NilError(t, err)
	assert.Check(t, m.Fragment)
	assert.Equal(t, recognise(src.Name, src.Text), server.Likely)
	assert.DeepEqual(t, m.Policy, []server.Fact{{Position: server.Position{File: "paste", Line: 1, Column: 1}, Subject: server.SubjectOrigins, Value: "*"}})
}

// TestDecided names the statements that decide.
func TestDecided(t *testing.T) {
	m, err := load(t.Context(), server.Source{Name: "a.php", Text: "<?php\nheader('Vary: A');\nheader_remove('vary');"})
	assert.NilError(t, err)
	a, err := m.Answer(t.Context(), request("GET", "/"))
	assert.NilError(t, err)
	assert.DeepEqual(t, a.Decided, []server.Decision{
		{Position: server.Position{File: "a.php", Line: 2, Column: 1}, Header: "Vary", Text: "header() sets Vary: A"},
		{Position: server.Position{File: "a.php", Line: 3, Column: 1}, Header: "vary", Text: "header_remove() removes vary"},
	})
}

// TestOnlyDeclares refuses a file that runs nothing.
func TestOnlyDeclares(t *testing.T) {
	_, err := load(t.Context(), server.Source{Name: "Cors.php", Text: "<?php class Cors { function handle() { header('Access-Control-Allow-Origin: *'); } }"})
	e, ok := errors.AsType[*server.InputError](err)
	assert.Assert(t, ok)
	assert.Equal(t, e.Problem, "the file only declares classes or functions")
}

// TestComposer loads a class by the namespaces of composer.json.
func TestComposer(t *testing.T) {
	files := fstest.MapFS{
		"composer.json": {Data: []byte(`{"autoload": {"psr-4": {"App\\": "src/"}}}`)},
		"src/Cors.php":  {Data: []byte("<?php namespace App; class Cors { static function send() { header('Access-Control-Allow-Origin: *'); } }")},
	}
	text := "<?php require __DIR__ . '/../vendor/autoload.php'; App\\Cors::send();"
	src := server.Source{Name: "public/index.php", Text: text, Files: files}
	assert.Equal(t, answerOf(t, src, request("GET", "/")), "200\naccess-control-allow-origin: *")
}

// TestHostile reads and runs texts that are made to take long.
func TestHostile(t *testing.T) {
	deep := func(open, inner, end string) string {
		return "<?php $x = " + strings.Repeat(open, 100_000) + inner + strings.Repeat(end, 100_000) + ";"
	}
	for name, text := range map[string]string{
		"parentheses": deep("(", "1", ")"), "arrays": deep("[", "1", "]"), "not": deep("!", "1", ""), "blocks": "<?php " + strings.Repeat("{", 100_000),
		"ifs": "<?php " + strings.Repeat("if (1) ", 100_000), "loop": "<?php while (true) { $i++; }", "recursion": "<?php function f() { return f(); } f();",
		"strings": "<?php $a = 'x'; while (true) { $a .= $a; }", "arrays that grow": "<?php $a = []; while (true) { $b = $a; $a[] = $b; }",
		"forks": "<?php for ($i = 0; $i < 100; $i++) { if (rand()) { $x = 1; } } header('Vary: A');", "include": "<?php include 'index.php';",
		"interpolation": `<?php $x = "` + strings.Repeat("{$a[", 50_000), "heredoc": "<?php " + strings.Repeat("<<<A\n", 50_000), "long": "<?php " + strings.Repeat("$x = 1;", 40_000),
		"repeat": "<?php $a = str_repeat('x', PHP_INT_MAX); ", "replace": "<?php $a = 'x'; while (true) $a = str_replace('x', 'xxxx', $a);", "elseif": "<?php if (1) {} " + strings.Repeat("elseif (2) {} ", 20_000),
		"generator": "<?php function g() { while (true) yield 1; } foreach (g() as $x) {}", "generators": "<?php function g($n) { yield from g($n + 1); } foreach (g(0) as $x) {}",
		"array in itself": "<?php $a = []; $a['x'] = &$a; $b = []; $b['x'] = &$b; var_dump($a == $b, $a === $b, http_build_query($a), array_merge_recursive($a, $a)); foo($a);",
		"range":           "<?php foreach (range(0, 1000000000) as $x) {}", "concat": "<?php $x = 1" + strings.Repeat(" . 1", 100_000) + ";",
	} {
		t.Run(name, func(t *testing.T) {
			m, err := load(t.Context(), server.Source{Name: "index.php", Text: text})
			if err == nil {
				_, err = m.Answer(t.Context(), request("GET", "/"))
			}
			if err != nil {
				assert.Check(t, !strings.Contains(err.Error(), "\n") && len(err.Error()) < 400, "%s", err)
			}
		})
	}
}

// TestSameMeaning changes what means nothing and compares the answers.
func TestSameMeaning(t *testing.T) {
	const text = "<?php\n$list = ['https://myapp.com', 'https://b.example'];\nif (in_array($_SERVER['HTTP_ORIGIN'] ?? '', $list)) {\n\theader('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);\n}\nheader('Vary: Origin');\n"
	r := request("GET", "/", "Origin: https://myapp.com")
	want := answerOf(t, server.Source{Name: "index.php", Text: text}, r)
	assert.Equal(t, want, "200\naccess-control-allow-origin: https://myapp.com\nvary: Origin")
	for name, change := range map[string]*strings.Replacer{
		"comments":   strings.NewReplacer(";", "; // x\n", "(", "( /* y */"),
		"spaces":     strings.NewReplacer(" = ", "\n=\n\n", "\t", "", " ?? ", "??", "if (", "if\t(\n "),
		"quotes":     strings.NewReplacer("'", `"`),
		"lines":      strings.NewReplacer("\n", "\n\n"),
		"unrelated":  strings.NewReplacer("<?php\n", "<?php\ndeclare(strict_types=1);\n$unrelated = 1 + 2;\n"),
		"order":      strings.NewReplacer("'https://myapp.com', 'https://b.example'", "'https://b.example', 'https://myapp.com'"),
		"crlf":       strings.NewReplacer("\n", "\r\n"),
		"case":       strings.NewReplacer("in_array", "IN_ARRAY", "header", "Header", "if", "IF"),
		"array":      strings.NewReplacer("['https", "array('https", "example'];", "example');"),
		"colon":      strings.NewReplacer(") {\n", "):\n", "}\n", "endif;\n"),
		"tags":       strings.NewReplacer(";\n", ";?>\n<?php "),
		"bom":        strings.NewReplacer("<?php", "\ufeff<?php"),
		"concat":     strings.NewReplacer("' . $_SERVER['HTTP_ORIGIN']", "' . \"{$_SERVER['HTTP_ORIGIN']}\""),
		"namespaces": strings.NewReplacer("<?php\n", "<?php\nnamespace A\\B;\nuse C\\D as E;\n", "header", "\\header"),
	} {
		assert.Equal(t, answerOf(t, server.Source{Name: "index.php", Text: change.Replace(text)}, r), want, name)
	}
}

// FuzzLoad reads any text and runs it.
func FuzzLoad(f *testing.F) {
	f.Add("<?php header('Vary: A'); if ($a ?? 1) { exit; }")
	f.Add("<?php class A { static $x = 1; function f(&$y) { return \"{$y['a']}$y->b\"; } } echo (new A)->f($z) ?: 1;")
	f.Add("<?php foreach ($_GET as $k => [$a, 'b' => $c]) { switch ($k) { case 1: continue 2; default: break; } }")
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		m, err := load(ctx, server.Source{Name: "index.php", Text: text})
		if err != nil {
			return
		}
		// Only a panic or a hang is a fault here.
		_, _ = m.Answer(ctx, request("POST", "/a?b=c", "Origin: https://myapp.com", "Content-Type: application/x-www-form-urlencoded"))
	})
}

const benchText = "<?php\n$list = ['https://myapp.com', 'https://b.example'];\nif (in_array($_SERVER['HTTP_ORIGIN'] ?? '', $list, true)) {\n\theader('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);\n}\nheader('Vary: Origin');\nif ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') { http_response_code(204); exit; }\n"

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := load(b.Context(), server.Source{Name: "index.php", Text: benchText}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAnswer(b *testing.B) {
	m, err := load(b.Context(), server.Source{Name: "index.php", Text: benchText})
	if err != nil {
		b.Fatal(err)
	}
	r := request("OPTIONS", "/api", "Origin: https://myapp.com")
	for b.Loop() {
		if _, err := m.Answer(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
}
