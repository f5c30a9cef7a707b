package python

import (
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/servers"
)

// changes are changes of a program that change no answer. Each changes every program
// of TestUnchanged.
var changes = []struct {
	name   string
	change func(string) string
}{
	{"comments", func(s string) string { return "# a comment\n" + strings.ReplaceAll(s, "\n", "  # 'x' \"\n") }},
	{"empty lines", strings.NewReplacer("\n", "\n\n   \n").Replace},
	{"double quotes", strings.NewReplacer("'", `"`).Replace},
	{"triple quotes", strings.NewReplacer("'", `"""`).Replace},
	{"prefixes", strings.NewReplacer("'https:", "r'https:", "'Content", "u'Content").Replace},
	{"line ends", strings.NewReplacer("\n", "\r\n").Replace},
	{"byte order", func(s string) string { return "\uFEFF" + s }},
	{"tabs", strings.NewReplacer("    ", "\t").Replace},
	{"adjacent strings", strings.NewReplacer("'https://", "'htt' 'ps://").Replace},
	{"tuples", strings.NewReplacer("['https://myapp.com']", "('https://myapp.com',)").Replace},
	{"semicolons", func(s string) string { return "import json; import re; UNRELATED = 1; del UNRELATED\n" + s }},
	{"unrelated", func(s string) string {
		return "import logging\nlogging.basicConfig(level=logging.INFO)\nlogger = logging.getLogger(__name__)\n" + s
	}},
	{"constants", func(s string) string {
		return "HOSTS = {'app': 'https://myapp.com'}\nAPP = HOSTS['app']\n" + strings.ReplaceAll(s, "'https://myapp.com'", "APP")
	}},
	{"order", strings.NewReplacer(
		// keyword arguments
		"methods=['GET', 'POST', 'PUT', 'DELETE'],\n     allow_headers=['Content-Type', 'Authorization']",
		"allow_headers=['Content-Type', 'Authorization'], methods=['GET', 'POST', 'PUT', 'DELETE']",
		"    allow_origins=['https://myapp.com'],\n", "",
		"    allow_credentials=True,\n", "    allow_credentials=True,\n    allow_origins=['https://myapp.com'],\n",
		// settings
		"CORS_ALLOW_CREDENTIALS = True\n", "",
		"ROOT_URLCONF", "CORS_ALLOW_CREDENTIALS = True\nROOT_URLCONF",
	).Replace},
}

// TestUnchanged changes recorded programs in ways that matter to nobody.
func TestUnchanged(t *testing.T) {
	const folder = "../../../conformance/testdata/servers"
	fsys := os.DirFS(folder)
	probes, err := servers.ReadProbes(fsys, "probes.jsonl")
	assert.NilError(t, err)
	for name, load := range map[string]loader{"flask-cors-form3": loadFlask, "starlette-fastapi-full": loadFastAPI, "django-cors-headers-form2-list": loadDjango} {
		changed := 0
		for _, c := range changes {
			t.Run(name+"/"+c.name, func(t *testing.T) {
				r, err := servers.ReadRecording(fsys, name)
				assert.NilError(t, err)
				text := c.change(r.Source.Text)
				if text != r.Source.Text {
					changed++
				}
				r.Source.Text = text
				compareTo(t, r, probes, load)
			})
		}
		assert.Check(t, changed >= len(changes)-1, "%s: %d of %d changes change the text", name, changed, len(changes))
	}
}
