package scenario

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// errOutsideRoot is the error of an XML document with a declaration, a type, comments or
// instructions around its root element: browsers serialise them in different ways.
var errOutsideRoot = &NotSimulatedError{Key: "responseType", What: "XML documents with something before or after the root element"}

// xmlAgain parses a document and serialises it; it returns false if it is not well-formed.
// https://w3c.github.io/DOM-Parsing/#the-xmlserializer-interface
func xmlAgain(body string) (string, bool, error) {
	x := &xmlReader{text: strings.TrimPrefix(body, "\uFEFF")}
	if !utf8.ValidString(x.text) || strings.ContainsFunc(x.text, notInXML) {
		return "", false, nil
	}
	x.text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(x.text)
	x.space()
	if x.outsideRoot() {
		return "", false, errOutsideRoot
	}
	if !x.element() {
		return "", false, nil
	}
	for len(x.open) > 0 {
		if !x.content() {
			return "", false, nil
		}
	}
	x.space()
	if x.outsideRoot() {
		return "", false, errOutsideRoot
	}
	return x.out.String(), x.text == "", nil
}

// notInXML accepts characters that no document may have.
// https://www.w3.org/TR/xml/#NT-Char
func notInXML(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
}

// xmlReader reads a document and writes it again.
type xmlReader struct {
	text string   // what is not read yet
	open []string // the names of the elements that have no end tag yet
	out  strings.Builder
}

// outsideRoot reports whether something other than an element comes next.
func (x *xmlReader) outsideRoot() bool {
	return strings.HasPrefix(x.text, "<!") || strings.HasPrefix(x.text, "<?")
}

// space skips white space, and reports whether there was any.
func (x *xmlReader) space() bool {
	n := len(x.text)
	x.text = strings.TrimLeft(x.text, " \t\n")
	return len(x.text) < n
}

// take takes a literal if it is next.
func (x *xmlReader) take(literal string) bool {
	rest, found := strings.CutPrefix(x.text, literal)
	x.text = rest
	return found
}

// name takes a name; "" if there is none.
// https://www.w3.org/TR/xml/#NT-Name
func (x *xmlReader) name() string {
	n := 0
	for n < len(x.text) {
		c := x.text[n]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' || c == ':' || c >= utf8.RuneSelf
		if !letter && (n == 0 || c != '-' && c != '.' && (c < '0' || c > '9')) {
			break
		}
		n++
	}
	name := x.text[:n]
	x.text = x.text[n:]
	return name
}

// content takes the next part of the innermost element.
func (x *xmlReader) content() bool {
	switch {
	case x.take("</"):
		return x.endTag()
	case strings.HasPrefix(x.text, "<!--"):
		return x.copy("<!--", "-->")
	case strings.HasPrefix(x.text, "<![CDATA["):
		return x.copy("<![CDATA[", "]]>")
	case strings.HasPrefix(x.text, "<?"):
		return x.copy("<?", "?>")
	case strings.HasPrefix(x.text, "<"):
		return x.element()
	}
	end := strings.IndexByte(x.text, '<')
	if end < 0 {
		return false
	}
	raw := x.text[:end]
	text, ok := unescapeXML(raw)
	x.text = x.text[end:]
	x.out.WriteString(xmlText.Replace(text))
	return ok && !strings.Contains(raw, "]]>")
}

// copy takes a part that is serialised as it is.
func (x *xmlReader) copy(start, stop string) bool {
	end := strings.Index(x.text[len(start):], stop)
	if end < 0 {
		return false
	}
	end += len(start) + len(stop)
	part := x.text[:end]
	x.text = x.text[end:]
	x.out.WriteString(part)
	// Two hyphens end a comment, and stand nowhere else.
	return start != "<!--" || strings.Index(part[len(start):], "--") == len(part)-len(start)-len(stop)
}

// element takes a start tag, and all of an empty element.
func (x *xmlReader) element() bool {
	if !x.take("<") {
		return false
	}
	name := x.name()
	if name == "" {
		return false
	}
	x.out.WriteString("<" + name)
	if !x.attributes() {
		return false
	}
	switch {
	case x.take("/>"):
		x.out.WriteString("/>")
	case !x.take(">"):
		return false
	case x.take("</"):
		// An element without content is serialised as an empty one.
		x.out.WriteString("/>")
		return x.closes(name)
	default:
		x.out.WriteByte('>')
		x.open = append(x.open, name)
	}
	return true
}

// closes takes the rest of an end tag.
func (x *xmlReader) closes(name string) bool {
	same := x.name() == name
	x.space()
	return x.take(">") && same
}

func (x *xmlReader) endTag() bool {
	last := len(x.open) - 1
	name := x.open[last]
	x.open = x.open[:last]
	x.out.WriteString("</" + name + ">")
	return x.closes(name)
}

func (x *xmlReader) attributes() bool {
	var names []string
	for {
		space := x.space()
		name := x.name()
		if name == "" {
			return true
		}
		x.space()
		equals := x.take("=")
		x.space()
		value, ok := x.value()
		if !space || !equals || !ok || slices.Contains(names, name) {
			return false
		}
		names = append(names, name)
		x.out.WriteString(" " + name + `="` + xmlAttribute.Replace(value) + `"`)
	}
}

// value takes the value of an attribute.
func (x *xmlReader) value() (string, bool) {
	if x.text == "" || x.text[0] != '"' && x.text[0] != '\'' {
		return "", false
	}
	end := strings.IndexByte(x.text[1:], x.text[0])
	if end < 0 || strings.Contains(x.text[1:end+1], "<") {
		return "", false
	}
	raw := strings.NewReplacer("\t", " ", "\n", " ").Replace(x.text[1 : end+1])
	x.text = x.text[end+2:]
	return unescapeXML(raw)
}

// unescapeXML replaces references to characters.
// https://www.w3.org/TR/xml/#sec-references
func unescapeXML(text string) (string, bool) {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "&")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		name, rest, ended := strings.Cut(after, ";")
		r, ok := xmlReference(name)
		if !ended || !ok {
			return "", false
		}
		out.WriteRune(r)
		text = rest
	}
}

func xmlReference(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, numeric := strings.CutPrefix(name, "#")
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	r := rune(n)
	return r, numeric && err == nil && utf8.ValidRune(r) && n <= utf8.MaxRune && !notInXML(r)
}

// xmlText escapes a text of a document, and xmlAttribute the value of an attribute.
var (
	xmlText      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#xD;")
	xmlAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#xA;", "\r", "&#xD;")
)
