package origin_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"github.com/corsim/corsim/origin"
)

// urlCase is an entry of urltestdata.json; the members that other files or
// other tests have as well are left out.
type urlCase struct {
	Input   string
	Base    *string
	Failure bool
	Href    string
	Origin  *string

	Protocol, Username, Password, Host, Hostname, Port, Pathname, Search, Hash string
}

// readCases reads a gzipped JSON array from testdata and skips the strings in
// it, which are comments.
func readCases[T any](t testing.TB, name string) []T {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name+".json.gz"))
	assert.NilError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	assert.NilError(t, err)
	var entries []jsontext.Value
	// A few of the strings are meant to hold lone surrogates.
	err = json.UnmarshalRead(unzipped, &entries, jsontext.AllowInvalidUTF8(true))
	assert.NilError(t, err)
	var cases []T
	for _, entry := range entries {
		if entry.Kind() == '"' {
			continue
		}
		var c T
		err := json.Unmarshal(entry, &c, json.MatchCaseInsensitiveNames(true), jsontext.AllowInvalidUTF8(true))
		assert.NilError(t, err)
		cases = append(cases, c)
	}
	return cases
}

func parseWithBase(input string, base *string) (origin.URL, error) {
	if base == nil {
		return origin.ParseURL(input)
	}
	baseURL, err := origin.ParseURL(*base)
	if err != nil {
		return origin.URL{}, err
	}
	return baseURL.Parse(input)
}

func TestURLCorpus(t *testing.T) {
	for _, corpus := range []struct {
		name string
		want int
	}{
		{name: "urltestdata", want: 891},
		{name: "ada_extra_urltestdata", want: 28},
	} {
		cases := readCases[urlCase](t, corpus.name)
		passed := 0
		for _, c := range cases {
			if checkURLCase(t, c) {
				passed++
			}
		}
		t.Logf("%s: %d of %d", corpus.name, passed, len(cases))
		assert.Equal(t, passed, corpus.want)
		assert.Equal(t, len(cases), corpus.want)
	}
}

func checkURLCase(t *testing.T, c urlCase) bool {
	t.Helper()
	u, err := parseWithBase(c.Input, c.Base)
	if c.Failure {
		ok := err != nil
		assert.Check(t, ok, "%q parses as %s", c.Input, u)
		return ok
	}
	if !assert.Check(t, err, "%q", c.Input) {
		return false
	}
	got := urlCase{
		Input: c.Input, Base: c.Base, Origin: c.Origin,
		Href:     u.String(),
		Protocol: u.Scheme() + ":",
		Username: u.Username(),
		Password: u.Password(),
		Host:     u.Host(),
		Hostname: u.Host(),
		Pathname: u.Path(),
	}
	if port, ok := u.Port(); ok {
		got.Port = strconv.Itoa(int(port))
		got.Host += ":" + got.Port
	}
	if query, _ := u.Query(); query != "" {
		got.Search = "?" + query
	}
	if fragment, _ := u.Fragment(); fragment != "" {
		got.Hash = "#" + fragment
	}
	ok := assert.Check(t, got == c, "%q: got %+v, want %+v", c.Input, got, c)
	if c.Origin != nil {
		ok = assert.Check(t, u.Origin().String() == *c.Origin, "%q: origin %s, want %s", c.Input, u.Origin(), *c.Origin) && ok
	}
	return ok
}

// idnaCase is an entry of toascii.json or IdnaTestV2.json; a null output means
// failure.
type idnaCase struct {
	Input  string
	Output *string
}

// toASCII does to a domain what the tests' own page does: what would end the
// host is percent-encoded, and the host of the resulting URL is the output.
func toASCII(domain string) *string {
	escape := strings.NewReplacer(":", "%3A", "/", "%2F", "?", "%3F", "#", "%23", `\`, "%5C")
	u, err := origin.ParseURL("https://" + escape.Replace(domain) + "/x")
	if err != nil {
		return nil
	}
	host := u.Host()
	return &host
}

func TestIDNACorpus(t *testing.T) {
	for _, corpus := range []struct {
		name string
		want int
	}{
		{name: "toascii", want: 87},
		{name: "IdnaTestV2", want: 2670},
	} {
		total, passed := 0, 0
		for _, c := range readCases[idnaCase](t, corpus.name) {
			// The corpus has one empty input, of which no URL can be made.
			if c.Input == "" {
				continue
			}
			total++
			if assert.Check(t, is.DeepEqual(toASCII(c.Input), c.Output), "%+q", c.Input) {
				passed++
			}
		}
		t.Logf("%s: %d of %d", corpus.name, passed, total)
		assert.Equal(t, passed, corpus.want)
		assert.Equal(t, total, corpus.want)
	}
}

// encodingCase is an entry of percent-encoding.json: an input and, by the
// name of an encoding, what becomes of it in query and fragment.
type encodingCase struct {
	Input  string
	Output map[string]string
}

func TestPercentEncodingCorpus(t *testing.T) {
	cases := readCases[encodingCase](t, "percent-encoding")
	for _, c := range cases {
		u, err := origin.ParseURL("https://doesnotmatter.invalid/?" + c.Input + "#" + c.Input)
		assert.NilError(t, err)
		query, _ := u.Query()
		fragment, _ := u.Fragment()
		assert.Check(t, is.Equal(query, c.Output["utf-8"]))
		assert.Check(t, is.Equal(fragment, c.Output["utf-8"]))
	}
	t.Logf("percent-encoding: %d, UTF-8 only", len(cases))
}
