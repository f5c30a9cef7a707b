package capture

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// header adds a header. A value that the shell would put in is not known, which matters
// for few headers.
func (p *curlParser) header(v word) error {
	if strings.HasPrefix(v.text, "@") {
		return p.errorAt(v, "%q is a file, and files are not read", v.text).WithHelp("write each header with -H")
	}
	name, value, ok := strings.Cut(v.text, ":")
	if len(v.blanks) > 0 && v.blanks[0].offset <= len(name) {
		return p.unknownValue(v)
	}
	if !ok {
		// curl reads "Name;" as a header with an empty value.
		if name, ok = strings.CutSuffix(v.text, ";"); !ok {
			return p.errorAt(v, "the header %q is not of the form 'Name: value'", v.text)
		}
	}
	if name = strings.TrimSpace(name); !fetch.IsHeaderName(name) {
		return p.errorAt(v, "%q is not a header name", name)
	}
	if fetch.EqualFold(name, "Content-Type") {
		p.hasType = true
	}
	if value = strings.TrimSpace(value); value == "" && strings.HasSuffix(strings.TrimSpace(v.text), ":") {
		return nil // curl drops a header of that name
	}
	if len(v.blanks) > 0 {
		if value, ok = p.unknownHeader(name, value, v.sources()); !ok {
			return nil
		}
	}
	p.wire = append(p.wire, fetch.Header{Name: name, Value: value})
	return nil
}

// unknownHeader returns the value to take for a header whose value is not known; ok is
// false if the header is left out.
func (p *curlParser) unknownHeader(name, value, sources string) (assumed string, ok bool) {
	switch lower := fetch.ByteLowercase(name); {
	case lower == "origin" || lower == "referer":
		p.call.note("the page (%s: %s) is not known", name, sources)
		return "", false
	case decisive[lower] != "":
		value = decisive[lower]
		p.call.note("the value of %s (%s) is not known; %s is assumed", name, sources, value)
	}
	return value, true
}

// cookie adds cookies, or the name of a file that has them.
func (p *curlParser) cookie(v word) error {
	if !strings.Contains(v.text, "=") && len(v.blanks) == 0 {
		p.jar = v.text
		return nil
	}
	p.wire.Append("Cookie", v.text)
	return nil
}

// referrer sets the URL of the page. What follows a semicolon is for redirects.
func (p *curlParser) referrer(v word) error {
	if value, _ := strings.CutSuffix(v.text, ";auto"); value != "" {
		p.wire.Append("Referer", value)
	}
	return nil
}

// user sets the Authorization header that a page would set for a user name and a
// password.
func (p *curlParser) user(v word) error {
	p.wire.Append("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(v.text)))
	p.call.note("the user name and the password are assumed to be an Authorization header that script sets")
	return nil
}

// endRequest leaves out the requests after the first.
func (p *curlParser) endRequest(word) error {
	p.words = nil
	p.call.note("the command makes more requests; the first is judged")
	return nil
}

// withoutEffect notes an option that changes how curl reaches the server.
func (p *curlParser) withoutEffect(v word) error {
	p.call.note("an option of curl with the value %q has no effect in a page and is left out", v.text)
	return nil
}

// fileContent returns what stands for the content of a file.
func (p *curlParser) fileContent(name string) string {
	if name == "-" {
		name = "the standard input"
	}
	p.call.note("files are not read; no verdict depends on what %s contains", name)
	return unknownText
}

// dataOption adds data, or the content of a file.
func (p *curlParser) dataOption(v word) error {
	if file, isFile := strings.CutPrefix(v.text, "@"); isFile {
		v.text = p.fileContent(file)
	}
	return p.addData(v)
}

func (p *curlParser) addData(v word) error {
	p.data, p.hasData = append(p.data, v.text), true
	return nil
}

// encodedData adds data that curl encodes.
func (p *curlParser) encodedData(v word) error {
	v.text = p.encoded(v.text)
	return p.addData(v)
}

// urlQuery adds a part of the URL's query. After a plus sign it is not encoded.
func (p *curlParser) urlQuery(v word) error {
	text, plain := strings.CutPrefix(v.text, "+")
	if !plain {
		text = p.encoded(text)
	}
	p.query = append(p.query, text)
	return nil
}

// encoded returns data that curl encodes: content, =content, name=content, @file or
// name@file. The first equals sign, or else the first at sign, ends the name.
func (p *curlParser) encoded(text string) string {
	name, value, ok := strings.Cut(text, "=")
	switch {
	case ok:
		value = url.QueryEscape(value)
	case strings.Contains(text, "@"):
		name, value, _ = strings.Cut(text, "@")
		value = p.fileContent(value)
	default:
		name, value = "", url.QueryEscape(text)
	}
	if name != "" {
		return name + "=" + value
	}
	return value
}

func (p *curlParser) json(v word) error {
	for _, name := range []string{"Content-Type", "Accept"} {
		if !p.wire.Contains(name) {
			p.wire.Append(name, "application/json")
		}
	}
	p.hasType = true
	if before := len(p.data) - 1; p.isJSON && before >= 0 {
		// curl joins the values without anything between them.
		v.text, p.data = p.data[before]+v.text, p.data[:before]
		return p.addData(v)
	}
	p.isJSON = true
	return p.dataOption(v)
}

// uploadFile makes the content of a file the body of a PUT.
func (p *curlParser) uploadFile(v word) error {
	p.fileContent(v.text)
	p.upload = v.text
	return nil
}

// formField adds a field of a form: name=value, name=@file or name=<file, and options after
// semicolons.
func (p *curlParser) formField(v word) error {
	name, value, ok := strings.Cut(v.text, "=")
	if !ok {
		return p.errorAt(v, "the field %q is not of the form 'name=value'", v.text)
	}
	field := browser.Field{Name: name}
	if file, isFile := strings.CutPrefix(value, "@"); isFile {
		var options string
		file, options = formValue(file)
		field.Value, field.Filename = p.fileContent(file), file
		_, field.Type, _ = strings.Cut(options, "type=")
		field.Type, _, _ = strings.Cut(field.Type, ";filename=")
	} else if file, isText := strings.CutPrefix(value, "<"); isText {
		file, _ = formValue(file)
		field.Value = p.fileContent(file)
	} else {
		field.Value, _ = formValue(value)
	}
	p.form = append(p.form, field)
	return nil
}

// formValue returns a value of -F without its quotation marks, and the options after it.
func formValue(text string) (value, options string) {
	if rest, ok := strings.CutPrefix(text, `"`); ok {
		if end := strings.LastIndexByte(rest, '"'); end >= 0 {
			return rest[:end], rest[end+1:]
		}
	}
	for _, option := range []string{";type=", ";filename=", ";headers=", ";encoder="} {
		if i := strings.Index(text, option); i >= 0 {
			text, options = text[:i], text[i:]+options
		}
	}
	return text, options
}

// literalField adds a field of a form whose value has no special characters.
func (p *curlParser) literalField(v word) error {
	name, value, ok := strings.Cut(v.text, "=")
	if !ok {
		return p.errorAt(v, "the field %q is not of the form 'name=value'", v.text)
	}
	p.form = append(p.form, browser.Field{Name: name, Value: value})
	return nil
}
