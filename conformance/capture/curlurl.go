package capture

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

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

// hostEnd returns the offset in a URL at which its host and port end.
func hostEnd(text string) int {
	begin := 0
	if i := strings.Index(text, "://"); i >= 0 {
		begin = i + len("://")
	}
	if i := strings.IndexAny(text[begin:], "/?#"); i >= 0 {
		return begin + i
	}
	return len(text)
}

// withQuery returns a URL with more in its query.
func withQuery(url string, data []string) string {
	url, fragment, hasFragment := strings.Cut(url, "#")
	separator := "?"
	if strings.Contains(url, "?") {
		separator = "&"
	}
	url += separator + strings.Join(data, "&")
	if hasFragment {
		url += "#" + fragment
	}
	return url
}

// withFileName returns the URL to which curl uploads a file: it adds the file's name to
// the URL of a folder.
func withFileName(url, file string) string {
	u, err := origin.ParseURL(url)
	if err != nil || file == "-" || !strings.HasSuffix(u.WithoutFragment().String(), u.Path()) || !strings.HasSuffix(u.Path(), "/") {
		return url
	}
	return u.WithoutFragment().String() + file[strings.LastIndex(file, "/")+1:]
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
	if len(p.query) > 0 && !(p.get && p.hasData) {
		c.Init.URL = withQuery(c.Init.URL, p.query)
	}
	p.setBody(c)
	if p.method != "" {
		c.Init.Method = p.method
	}
	c.takeWire(p.wire)
	if p.jar != "" && !c.KnowsCredentials && len(c.Cookies) == 0 {
		c.Init.Credentials = fetch.CredentialsInclude
		c.note(`the cookies in the file %s are not read; the credentials mode "include" is assumed`, p.jar)
	}
	return c, nil
}

// setBody sets the method and the body that the options stand for.
func (p *curlParser) setBody(c *Call) {
	switch {
	case p.get && p.hasData:
		c.Init.URL = withQuery(c.Init.URL, p.data)
	case p.upload != "":
		c.Init.Body, c.Init.Method = browser.Blob{Data: unknownText}, "PUT"
		c.Init.URL = withFileName(c.Init.URL, p.upload)
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
}
