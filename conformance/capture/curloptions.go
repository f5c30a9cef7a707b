package capture

import (
	"encoding/base64"
	"fmt"
	"net/url"
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
	'N': "no-buffer", 'D': "dump-header", 'O': "remote-name", '#': "progress-bar", '0': "http1.0", '4': "ipv4", '6': "ipv6", 'E': "cert",
}

// curlOptions are the options by their long names.
var curlOptions = map[string]curlOption{
	"url":             {value: true, do: (*curlParser).setURL},
	"request":         {value: true, do: func(p *curlParser, v word) error { p.method = v.text; return nil }},
	"header":          {value: true, do: (*curlParser).header},
	"cookie":          {value: true, do: (*curlParser).cookie},
	"user-agent":      {value: true, do: func(p *curlParser, v word) error { p.wire.Append("User-Agent", v.text); return nil }},
	"referer":         {value: true, do: func(p *curlParser, v word) error { p.wire.Append("Referer", v.text); return nil }},
	"user":            {value: true, do: (*curlParser).user},
	"data":            {value: true, do: (*curlParser).dataOption},
	"data-ascii":      {value: true, do: (*curlParser).dataOption},
	"data-binary":     {value: true, do: (*curlParser).dataOption},
	"data-raw":        {value: true, do: (*curlParser).addData},
	"json":            {value: true, do: (*curlParser).json},
	"head":            {do: func(p *curlParser, _ word) error { p.head = true; return nil }},
	"get":             {do: func(p *curlParser, _ word) error { p.get = true; return nil }},
	"globoff":         {do: func(p *curlParser, _ word) error { p.globOff = true; return nil }},
	"form-string":     {value: true, do: (*curlParser).formField},
	"form":            {value: true, do: (*curlParser).formField},
	"upload-file":     {value: true, refused: "files are not read"},
	"proxy":           {value: true, do: (*curlParser).withoutEffect},
	"output":          {value: true, do: (*curlParser).withoutEffect},
	"max-time":        {value: true, do: (*curlParser).withoutEffect},
	"resolve":         {value: true, do: (*curlParser).withoutEffect},
	"write-out":       {value: true, do: (*curlParser).withoutEffect},
	"cookie-jar":      {value: true, do: (*curlParser).withoutEffect},
	"connect-to":      {value: true, do: (*curlParser).withoutEffect},
	"cert":            {value: true, do: (*curlParser).withoutEffect},
	"cacert":          {value: true, do: (*curlParser).withoutEffect},
	"retry":           {value: true, do: (*curlParser).withoutEffect},
	"max-redirs":      {value: true, do: (*curlParser).withoutEffect},
	"data-urlencode":  {value: true, do: (*curlParser).encoded},
	"retry-delay":     {value: true, do: (*curlParser).withoutEffect},
	"connect-timeout": {value: true, do: (*curlParser).withoutEffect},
	"interface":       {value: true, do: (*curlParser).withoutEffect},
	"limit-rate":      {value: true, do: (*curlParser).withoutEffect},
	"key":             {value: true, do: (*curlParser).withoutEffect},
	"noproxy":         {value: true, do: (*curlParser).withoutEffect},
	"dump-header":     {value: true, do: (*curlParser).withoutEffect},
	"url-query":       {value: true, do: (*curlParser).encoded},
	"oauth2-bearer":   {value: true, do: func(p *curlParser, v word) error { p.wire.Append("Authorization", "Bearer "+v.text); return nil }},
	// Browsers do the same anyway, or the option only changes curl's output.
	"compressed": {}, "insecure": {}, "location": {}, "silent": {}, "show-error": {}, "verbose": {}, "include": {}, "fail": {},
	"no-buffer": {}, "ipv4": {}, "ipv6": {}, "fail-with-body": {}, "ssl-no-revoke": {}, "http2-prior-knowledge": {}, "http1.1": {}, "http2": {}, "http3": {}, "no-progress-meter": {}, "path-as-is": {}, "remote-name": {}, "progress-bar": {}, "tr-encoding": {}, "trace-time": {}, "http1.0": {}, "tlsv1.2": {}, "tlsv1.3": {},
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

// withoutEffect notes an option that changes what curl prints or how it reaches the server.
func (p *curlParser) withoutEffect(v word) error {
	p.call.note("an option of curl with the value %q has no effect in a page and is left out", v.text)
	return nil
}

// formField adds a field of a form: name=value, name=@file or name=<file, and options after
// semicolons.
func (p *curlParser) formField(v word) error {
	name, value, ok := strings.Cut(v.text, "=")
	if !ok {
		return p.errorAt(v, "the field %q is not of the form 'name=value'", v.text)
	}
	field := browser.Field{Name: name, Value: value}
	if file, isFile := strings.CutPrefix(value, "@"); isFile {
		file, options, _ := strings.Cut(file, ";")
		field.Value, field.Filename = "…", file
		_, field.Type, _ = strings.Cut(options, "type=")
		p.call.note("files are not read; no verdict depends on what %s contains", file)
	}
	p.form = append(p.form, field)
	return nil
}

// encoded adds data that curl encodes: content, =content, name=content, or a file.
func (p *curlParser) encoded(v word) error {
	if name, _, ok := strings.Cut(v.text, "@"); ok && !strings.Contains(name, "=") {
		return p.errorAt(v, "%q is a file, and files are not read", v.text).WithHelp("write the body with --data-raw")
	}
	name, value, ok := strings.Cut(v.text, "=")
	if !ok {
		name, value = "", v.text
	}
	text := url.QueryEscape(value)
	if name != "" {
		text = name + "=" + text
	}
	p.data, p.hasData = append(p.data, text), true
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

// hostForm matches a URL without a scheme: a host, and perhaps a port, a path and a query.
var hostForm = regexp.MustCompile(`^(localhost|[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+)(:[0-9]+)?([/?#]|$)`)

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
		separator := "?"
		if strings.Contains(c.Init.URL, "?") {
			separator = "&"
		}
		c.Init.URL += separator + strings.Join(p.data, "&")
	case len(p.form) > 0:
		c.Init.Body, c.Init.Method = p.form, "POST"
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
