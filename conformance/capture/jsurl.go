package capture

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// filled returns the text with a name for each part that is not known.
func (j *jsJoined) filled() string {
	var w strings.Builder
	for _, part := range j.parts {
		switch part := part.(type) {
		case string:
			w.WriteString(part)
		case *jsBlank:
			w.WriteString(part.name())
		}
	}
	return w.String()
}

// blanks returns the sources of the parts that are not known.
func (j *jsJoined) blanks() []string {
	var out []string
	for _, part := range j.parts {
		if blank, ok := part.(*jsBlank); ok {
			out = append(out, blank.source)
		}
	}
	return out
}

// url sets the URL of the request. Its origin must be known; a blank in its path or its
// query is replaced by its name.
func (r *callReader) url(node jsNode) error {
	text, err := r.urlText(node)
	if err == nil {
		r.call.Init.URL = text
	}
	return err
}

// urlText returns a URL as text.
func (r *callReader) urlText(node jsNode) (string, error) {
	switch value := node.value.(type) {
	case string:
		return value, nil
	case *jsJoined:
		return r.joinedURL(value, node.offset)
	case *jsMade:
		return r.madeURL(value, node.offset)
	case *jsBlank:
		return "", r.unknownOrigin(value, node.offset)
	}
	return "", r.errorAt(node.offset, "the URL must be a string")
}

// joinedURL returns the text of a URL of which parts are not known.
func (r *callReader) joinedURL(joined *jsJoined, offset int) (string, error) {
	first, _ := joined.parts[0].(string)
	if blank, ok := joined.parts[0].(*jsBlank); ok {
		return "", r.unknownOrigin(blank, offset)
	}
	if _, rest, ok := strings.Cut(first, "://"); ok && !strings.ContainsAny(rest, "/?#") {
		if blank, ok := joined.parts[1].(*jsBlank); ok {
			return "", r.unknownOrigin(blank, offset)
		}
	}
	r.call.note("%s in the URL is not known; no verdict depends on it", strings.Join(joined.blanks(), ", "))
	return joined.filled(), nil
}

// madeURL returns the text of new URL(…) or of new Request(…).
func (r *callReader) madeURL(made *jsMade, offset int) (string, error) {
	if made.name != "new URL" && made.name != "new Request" || len(made.arguments) == 0 {
		return "", r.program.scanner.errorAt(offset, "the URL is what %s(…) returns, which is not known", made.name).WithHelp("write the URL in its place")
	}
	text, err := r.urlText(made.arguments[0])
	if err != nil || made.name != "new URL" || len(made.arguments) < 2 {
		return text, err
	}
	base, err := r.urlText(made.arguments[1])
	if err != nil {
		return "", err
	}
	u, err := origin.ParseURL(base)
	if err == nil {
		u, err = u.Parse(text)
	}
	if err != nil {
		return "", r.errorAt(offset, "new URL(%q, %q): %v", text, base, err)
	}
	return u.String(), nil
}

// unknownOrigin returns the error for a URL whose origin is not known.
func (r *callReader) unknownOrigin(blank *jsBlank, offset int) error {
	problem := r.program.scanner.errorAt(offset, "the origin of the URL is %s, whose value is not in the text", blank.source)
	if blank.isPath() {
		return problem.WithHelp("give it with --set " + blank.source + "=https://…")
	}
	return problem.WithHelp("write the URL in its place")
}

// resolve puts a base before a URL that does not begin with a scheme, as clients do that join
// the two with one slash.
func (r *callReader) resolve(base jsNode, hasBase bool) error {
	url := r.call.Init.URL
	if !hasBase || strings.Contains(url, "://") || strings.HasPrefix(url, "//") {
		return nil
	}
	before, err := r.urlText(base)
	if err != nil {
		return err
	}
	r.call.Init.URL = strings.TrimRight(before, "/")
	if url != "" {
		r.call.Init.URL += "/" + strings.TrimLeft(url, "/")
	}
	return nil
}

// headers reads the headers of a request: an object, pairs, or a Headers with its methods.
func (r *callReader) headers(node jsNode) error {
	switch value := node.value.(type) {
	case nil:
	case *jsObject:
		for _, m := range value.members {
			if m.key == "" {
				r.unknownHeaders(m.value)
				continue
			}
			r.header(m.key, m.value)
		}
	case *jsArray:
		for _, e := range value.elements {
			array, _ := e.value.(*jsArray)
			if array == nil || len(array.elements) != 2 {
				return r.errorAt(e.offset, "a header must be an array of name and value")
			}
			r.namedHeader(array.elements[0], array.elements[1])
		}
	case *jsMade:
		return r.madeHeaders(value, node)
	case *jsBlank:
		r.unknownHeaders(node)
	default:
		return r.errorAt(node.offset, "headers must be an object or an array of pairs")
	}
	return nil
}

// madeHeaders reads new Headers(…) or new HttpHeaders(…), with what is set on it.
func (r *callReader) madeHeaders(made *jsMade, node jsNode) error {
	if !strings.HasSuffix(made.name, "Headers") {
		r.unknownHeaders(node)
		return nil
	}
	for _, argument := range made.arguments[:min(1, len(made.arguments))] {
		if err := r.headers(argument); err != nil {
			return err
		}
	}
	for _, c := range made.chain {
		if (c.method == "append" || c.method == "set") && len(c.arguments) == 2 {
			r.namedHeader(c.arguments[0], c.arguments[1])
		}
	}
	return nil
}

// unknownHeaders says that headers are not known.
func (r *callReader) unknownHeaders(node jsNode) {
	source := "?"
	if blank, ok := node.value.(*jsBlank); ok {
		source = strings.TrimPrefix(blank.source, "...")
	}
	r.call.note("the headers that %s adds are not known; none is assumed, and each may need permission: write them into the call", source)
}

// namedHeader sets a header whose name is an expression.
func (r *callReader) namedHeader(name, value jsNode) {
	text, ok := name.value.(string)
	if !ok {
		r.unknownHeaders(name)
		return
	}
	r.header(text, value)
}

// decisive are the headers whose value decides whether there is a preflight, and what is
// taken for a value that is not known.
var decisive = map[string]string{
	"accept": "*/*", "accept-language": "en", "content-language": "en", "content-type": "application/json", "range": "bytes=0-",
}

// header sets a header. For most headers the value does not matter.
func (r *callReader) header(name string, node jsNode) {
	value, unknown := "", []string(nil)
	switch v := node.value.(type) {
	case *jsJoined:
		value, unknown = v.filled(), v.blanks()
	case *jsBlank:
		value, unknown = v.name(), []string{v.source}
	case string, float64, bool, nil:
		value = textOf(v)
	default:
		value, unknown = "value", []string{"its value"}
	}
	if len(unknown) > 0 {
		what := strings.Join(unknown, ", ")
		if likely, ok := decisive[fetch.ByteLowercase(name)]; ok {
			value = likely
			r.call.note("the value of %s (%s) is not known; %s is assumed", name, what, likely)
		} else {
			r.call.note("the value of %s (%s) is not known; no verdict depends on it", name, what)
		}
	}
	r.addHeader(name, value)
}
