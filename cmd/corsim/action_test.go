package main

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/assert/cmp"

	"github.com/goccy/go-yaml"
)

// action is what the runner of GitHub Actions reads of a composite action.
type action struct {
	Inputs map[string]struct {
		Default string `yaml:"default"`
	} `yaml:"inputs"`
	Runs struct {
		Using string       `yaml:"using"`
		Steps []actionStep `yaml:"steps"`
	} `yaml:"runs"`
}

type actionStep struct {
	Name  string            `yaml:"name"`
	If    string            `yaml:"if"`
	Uses  string            `yaml:"uses"`
	Shell string            `yaml:"shell"`
	Run   string            `yaml:"run"`
	Env   map[string]string `yaml:"env"`
}

// actionRun runs the steps of an action as a runner does: with bash, in the folder of the
// job, each step if the ones before it passed.
type actionRun struct {
	t       *testing.T
	action  action
	folder  string            // of action.yml
	job     string            // the work tree of the job
	temp    string            // RUNNER_TEMP
	inputs  map[string]string // what the job gives
	skipped []string
}

var (
	expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)
	notEmpty   = regexp.MustCompile(`^inputs\.([a-z-]+) != ''$`)
)

func (r *actionRun) input(name string) string {
	declared, ok := r.action.Inputs[name]
	assert.Assert(r.t, ok, "the action has no input %q", name)
	if given, ok := r.inputs[name]; ok {
		return given
	}
	return declared.Default
}

// filled replaces the expressions of a text. Only those of inputs are known.
func (r *actionRun) filled(text string) string {
	return expression.ReplaceAllStringFunc(text, func(found string) string {
		name, ok := strings.CutPrefix(expression.FindStringSubmatch(found)[1], "inputs.")
		assert.Assert(r.t, ok, "the test does not know the expression %s", found)
		return r.input(name)
	})
}

// wanted reports whether the condition of a step holds.
func (r *actionRun) wanted(condition string) bool {
	if condition == "" {
		return true
	}
	m := notEmpty.FindStringSubmatch(condition)
	assert.Assert(r.t, m != nil, "the test does not know the condition %q", condition)
	return r.input(m[1]) != ""
}

// run returns what the steps print, and the name of the step that fails; "" if none does.
func (r *actionRun) run() (out, failed string) {
	var all bytes.Buffer
	for _, step := range r.action.Runs.Steps {
		switch {
		case !r.wanted(step.If):
			r.skipped = append(r.skipped, step.Name)
			continue
		case step.Uses != "":
			// Go is here already.
			assert.Check(r.t, strings.HasPrefix(step.Uses, "actions/setup-go@"), "the test does not know the action %s", step.Uses)
			continue
		}
		assert.Equal(r.t, step.Shell, "bash", step.Name)
		script := filepath.Join(r.temp, "step.sh")
		assert.NilError(r.t, os.WriteFile(script, []byte(r.filled(step.Run)), 0o600))
		cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script)
		cmd.Dir, cmd.Stdout, cmd.Stderr = r.job, &all, &all
		cmd.Env = append(os.Environ(), "GITHUB_ACTIONS=true", "CI=true", "GITHUB_ACTION_PATH="+r.folder, "GITHUB_WORKSPACE="+r.job, "RUNNER_TEMP="+r.temp)
		for name, value := range step.Env {
			cmd.Env = append(cmd.Env, name+"="+r.filled(value))
		}
		if cmd.Run() != nil {
			return all.String(), step.Name
		}
	}
	return all.String(), ""
}

// annotation is a command of a runner's log: what the web page shows beside a line.
type annotation struct{ level, file, line, text string }

// annotations returns the annotations of a log, as a runner reads them.
func annotations(t *testing.T, log string) (out []annotation) {
	t.Helper()
	command := regexp.MustCompile(`^::(error|warning|notice) ?(.*?)::(.*)$`)
	decode := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	for line := range strings.Lines(log) {
		m := command.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if m == nil {
			assert.Check(t, !strings.HasPrefix(line, "::"), "no annotation: %s", line)
			continue
		}
		a := annotation{level: m[1], text: decode.Replace(m[3])}
		for property := range strings.SplitSeq(m[2], ",") {
			switch name, value, _ := strings.Cut(property, "="); name {
			case "file":
				a.file = decode.Replace(value)
			case "line":
				a.line = value
			}
		}
		out = append(out, a)
	}
	return out
}

// The action passes for a right configuration, and fails with an annotation at the line for
// a wrong one. With "check" it also asks a server.
func TestAction(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command")
	}
	folder, err := filepath.Abs("../action")
	assert.NilError(t, err)
	var parsed action
	assert.NilError(t, yaml.Unmarshal([]byte(readPage(t, "cmd/action/action.yml")), &parsed))
	assert.Equal(t, parsed.Runs.Using, "composite")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/allowed" {
			w.Header().Set("Access-Control-Allow-Origin", "http://myapp.com")
		}
	}))
	defer server.Close()
	host, port, err := net.SplitHostPort(server.Listener.Addr().String())
	assert.NilError(t, err)
	resolve := "--resolve api.example.com:" + port + ":" + host + ":" + port
	const (
		list = "map $http_origin $allowed { \"https://myapp.com\" $http_origin; }\n" +
			"server {\n  location / {\n    add_header Access-Control-Allow-Origin $allowed always;\n    add_header Vary Origin always;\n" +
			"    add_header Access-Control-Allow-Headers \"Content-Type, Authorization\" always;\n    add_header Access-Control-Allow-Methods \"GET, HEAD, POST, PUT, PATCH, DELETE\" always;\n" +
			"    if ($request_method = OPTIONS) {\n      return 204;\n    }\n  }\n}\n"
		reflected = "server {\n  location / {\n    add_header Access-Control-Allow-Origin $http_origin always;\n" +
			"    add_header Access-Control-Allow-Credentials true always;\n  }\n}\n"
	)
	temp := t.TempDir()
	for _, row := range []struct {
		name, config string
		inputs       map[string]string
		failed       string
		skipped      int
		want         []annotation // with a part of the text
	}{
		{"right", list, map[string]string{"paths": "deploy"}, "", 1, nil},
		{"wrong", reflected, map[string]string{"paths": "deploy"}, "corsim lint", 0,
			[]annotation{{"error", "deploy/nginx.conf", "3", "(origin-reflected-credentials deploy/nginx.conf:3"}}},
		{"all-files", reflected, nil, "corsim lint", 0,
			[]annotation{{"error", "deploy/nginx.conf", "3", "(origin-reflected-credentials "}}},
		{"checked", list, map[string]string{"paths": "deploy", "check": "http://api.example.com:" + port + "/allowed", "from": "http://myapp.com", "options": resolve}, "", 0, nil},
		{"blocked", list, map[string]string{"paths": "deploy", "check": "http://api.example.com:" + port + "/other", "from": "http://myapp.com", "options": resolve}, "corsim check", 0,
			[]annotation{{"error", "", "", "allow-origin-missing"}}},
		{"no-option", list, map[string]string{"paths": "--help"}, "corsim lint", 0, nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			job := t.TempDir()
			assert.NilError(t, os.Mkdir(filepath.Join(job, "deploy"), 0o755))
			assert.NilError(t, os.WriteFile(filepath.Join(job, "deploy", "nginx.conf"), []byte(row.config), 0o600))
			r := actionRun{t: t, action: parsed, folder: folder, job: job, temp: temp, inputs: row.inputs}
			log, failed := r.run()
			assert.Check(t, cmp.Equal(failed, row.failed), log)
			assert.Check(t, cmp.Len(r.skipped, row.skipped))
			// Advice, and what is fragile, may be said besides.
			got := slices.DeleteFunc(annotations(t, log), func(a annotation) bool { return a.level != "error" })
			assert.Assert(t, cmp.Len(got, len(row.want)), log)
			for i, want := range row.want {
				assert.Check(t, strings.Contains(got[i].text, want.text), got[i].text)
				got[i].text = want.text
				assert.Check(t, got[i] == want, "%+v", got[i])
			}
		})
	}
}
