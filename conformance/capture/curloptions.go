package capture

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// curlOption says how to handle an option of curl. An option without do and
// refused has no effect in a page.
type curlOption struct {
	value   bool // the option has a value
	refused string
	do      func(p *curlParser, value word) error
}

// curlLetters are the short names of options.
var curlLetters = map[rune]string{
	'X': "request", 'H': "header", 'd': "data", 'b': "cookie", 'A': "user-agent", 'e': "referer", 'k': "insecure", 'I': "head",
	'G': "get", 'L': "location", 's': "silent", 'S': "show-error", 'v': "verbose", 'i': "include", 'o': "output", 'm': "max-time",
	'u': "user", 'F': "form", 'T': "upload-file", 'x': "proxy", 'f': "fail", 'g': "globoff", 'w': "write-out", 'c': "cookie-jar",
	'N': "no-buffer", '4': "ipv4", '6': "ipv6", 'E': "cert",
}

const useFlags = "it changes what is printed or how the server is reached; leave it out and use corsim's own flags"

// curlOptions are the options by their long names.
var curlOptions = map[string]curlOption{
	"url":            {value: true, do: (*curlParser).setURL},
	"request":        {value: true, do: func(p *curlParser, v word) error { p.method = v.text; return nil }},
	"header":         {value: true, do: (*curlParser).header},
	"cookie":         {value: true, do: (*curlParser).cookie},
	"user-agent":     {value: true, do: func(p *curlParser, v word) error { p.wire.Append("User-Agent", v.text); return nil }},
	"referer":        {value: true, do: func(p *curlParser, v word) error { p.wire.Append("Referer", v.text); return nil }},
	"user":           {value: true, do: (*curlParser).user},
	"data":           {value: true, do: (*curlParser).dataOption},
	"data-ascii":     {value: true, do: (*curlParser).dataOption},
	"data-binary":    {value: true, do: (*curlParser).dataOption},
	"data-raw":       {value: true, do: (*curlParser).addData},
	"json":           {value: true, do: (*curlParser).json},
	"head":           {do: func(p *curlParser, _ word) error { p.head = true; return nil }},
	"get":            {do: func(p *curlParser, _ word) error { p.get = true; return nil }},
	"globoff":        {do: func(p *curlParser, _ word) error { p.globOff = true; return nil }},
	"form":           {value: true, refused: "multipart forms are not understood"},
	"upload-file":    {value: true, refused: "files are not read"},
	"proxy":          {value: true, refused: useFlags},
	"output":         {value: true, refused: useFlags},
	"max-time":       {value: true, refused: useFlags},
	"resolve":        {value: true, refused: useFlags},
	"write-out":      {value: true, refused: useFlags},
	"cookie-jar":     {value: true, refused: useFlags},
	"connect-to":     {value: true, refused: useFlags},
	"cert":           {value: true, refused: useFlags},
	"cacert":         {value: true, refused: useFlags},
	"retry":          {value: true, refused: useFlags},
	"max-redirs":     {value: true, refused: "browsers follow twenty redirects; leave it out"},
	"data-urlencode": {value: true, refused: "write the body as it goes over the wire, with --data-raw"},
	// Browsers do the same anyway, or the option only changes curl's output.
	"compressed": {}, "insecure": {}, "location": {}, "silent": {}, "show-error": {}, "verbose": {}, "include": {}, "fail": {},
	"no-buffer": {}, "ipv4": {}, "ipv6": {}, "fail-with-body": {}, "ssl-no-revoke": {}, "http2-prior-knowledge": {}, "http1.1": {}, "http2": {}, "http3": {}, "no-progress-meter": {}, "path-as-is": {}, "tlsv1.2": {}, "tlsv1.3": {},
}

func (p *curlParser) header(v word) error {
	if strings.HasPrefix(v.text, "@") {
		return p.errorAt(v, "%q is a file, and files are not read", v.text).WithHelp("write each header with -H")
	}
	name, value, ok := strings.Cut(v.text, ":")
	if !ok {
		// curl reads "Name;" as a header with an empty value.
		if name, ok = strings.CutSuffix(v.text, ";"); !ok {
			return p.errorAt(v, "the header %q is not of the form 'Name: value'", v.text)
		}
	}
	if name = strings.TrimSpace(name); !fetch.IsHeaderName(name) {
		return p.errorAt(v, "%q is not a header name", name)
	}
	if value = strings.TrimSpace(value); value == "" && strings.HasSuffix(strings.TrimSpace(v.text), ":") {
		return nil // curl drops a header of that name
	}
	if fetch.EqualFold(name, "Content-Type") {
		p.hasType = true
	}
	p.wire = append(p.wire, fetch.Header{Name: name, Value: value})
	return nil
}

func (p *curlParser) cookie(v word) error {
	if !strings.Contains(v.text, "=") {
		return p.errorAt(v, "%q is a file of cookies, and files are not read", v.text)
	}
	p.wire.Append("Cookie", v.text)
	return nil
}

// user sets the Authorization header that a page would set for a user name and a
// password.
func (p *curlParser) user(v word) error {
	p.wire.Append("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(v.text)))
	p.call.note("the user name and the password are assumed to be an Authorization header that script sets")
	return nil
}

func (p *curlParser) dataOption(v word) error {
	if strings.HasPrefix(v.text, "@") {
		return p.errorAt(v, "%q is a file, and files are not read", v.text).WithHelp("write the body with --data-raw")
	}
	return p.addData(v)
}

func (p *curlParser) addData(v word) error {
	p.data, p.hasData = append(p.data, v.text), true
	return nil
}

func (p *curlParser) json(v word) error {
	for _, name := range []string{"Content-Type", "Accept"} {
		if !p.wire.Contains(name) {
			p.wire.Append(name, "application/json")
		}
	}
	p.hasType = true
	return p.dataOption(v)
}

// urlForm matches the beginning of a URL with a scheme and a host.
var urlForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)

// curlPattern matches what curl expands to several URLs: {a,b} and [1-9].
var curlPattern = regexp.MustCompile(`(?:^|[^\\])(\{[^{}]*\}|\[[0-9A-Za-z]+-[0-9A-Za-z]+(?::[0-9]+)?\])`)

// unescapePattern removes the backslashes before brackets and braces. Browsers
// write these backslashes when they copy a URL.
var unescapePattern = strings.NewReplacer(`\[`, "[", `\]`, "]", `\{`, "{", `\}`, "}")

// plainURL returns the URL. Without --globoff curl reads it as a pattern.
func (p *curlParser) plainURL() (string, error) {
	if p.globOff {
		return p.url.text, nil
	}
	if several := curlPattern.FindStringSubmatch(p.url.text); several != nil {
		return "", p.errorAt(*p.url, "curl expands %s to several URLs", several[1]).WithHelp("write the one that is meant, or --globoff")
	}
	return unescapePattern.Replace(p.url.text), nil
}

// checkCurlURL refuses a URL without a scheme, and a URL that CORS does not apply
// to.
func checkCurlURL(text string) error {
	if !urlForm.MatchString(text) {
		return fmt.Errorf("the URL %q does not begin with https:// or http://", text)
	}
	u, err := origin.ParseURL(text)
	if err == nil && !u.IsHTTP() {
		err = fmt.Errorf("CORS applies only to requests to http: and https: URLs; this URL has the scheme %q", u.Scheme())
	}
	return err
}

// finish returns the call after all options are read.
func (p *curlParser) finish() (*Call, error) {
	if p.url == nil {
		return nil, errorAt(p.command, len(p.command), "there is no URL")
	}
	c := &p.call
	var err error
	if c.Init.URL, err = p.plainURL(); err != nil {
		return nil, err
	}
	if err = checkCurlURL(c.Init.URL); err != nil {
		return nil, p.errorAt(*p.url, "%v", err)
	}
	switch {
	case p.get && p.hasData:
		return nil, errorAt(p.command, 0, "--get with data is not understood").WithHelp("write the query into the URL")
	case p.hasData:
		c.Init.Body = browser.Text(strings.Join(p.data, "&"))
		c.Init.Method = "POST"
		if !p.hasType {
			p.wire.Append("Content-Type", "application/x-www-form-urlencoded")
		}
	case p.head:
		c.Init.Method = "HEAD"
	}
	if p.method != "" {
		c.Init.Method = p.method
	}
	c.takeWire(p.wire)
	return c, nil
}
