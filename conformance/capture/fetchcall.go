package capture

import (
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// ParseFetch reads a call of fetch() whose arguments are literals, as browsers
// copy it: a URL and optionally an object. It returns an error if a member is
// unknown or a value is not a literal. The only expression that it evaluates is
// JSON.stringify of a literal.
func ParseFetch(source string) (*Call, error) {
	s := &jsScanner{input: source}
	url, init, err := s.fetchArguments()
	if err != nil {
		return nil, err
	}
	p := &fetchParser{source: s}
	text, ok := url.value.(string)
	if !ok {
		return nil, s.errorAt(url.offset, "the URL must be a string")
	}
	p.call.Init.URL = text
	if init.value != nil {
		object, ok := init.value.(*jsObject)
		if !ok {
			return nil, s.errorAt(init.offset, "the second argument must be an object")
		}
		for _, m := range object.members {
			if err := p.member(m); err != nil {
				return nil, err
			}
		}
	}
	p.finish()
	return &p.call, nil
}

// fetchArguments reads the whole call.
func (s *jsScanner) fetchArguments() (url, init jsNode, err error) {
	// Firefox begins with await.
	if _, err = s.takeName("await"); err != nil {
		return url, init, err
	}
	called, err := s.takeName("fetch")
	if err == nil && !called && s.peekName() == "curl" {
		err = s.errorAt(s.at, "this is a curl command, not a call of fetch(): use corsim curl")
	}
	if err == nil && !called {
		err = s.errorAt(s.at, "not a call of fetch(): it begins with %s", s.ahead())
	}
	if err == nil {
		err = s.skip()
	}
	if err != nil {
		return url, init, err
	}
	if !strings.HasPrefix(s.input[s.at:], "(") {
		return url, init, s.want("(")
	}
	var arguments []jsNode
	open := s.at
	err = s.list(")", func() error {
		node, err := s.value()
		arguments = append(arguments, node)
		return err
	})
	switch {
	case err != nil:
		return url, init, err
	case len(arguments) == 0 || len(arguments) > 2:
		return url, init, s.errorAt(open, "fetch() takes one or two arguments, not %d", len(arguments))
	case len(arguments) == 2:
		init = arguments[1]
	}
	return arguments[0], init, s.end()
}

// takeName reads an identifier if it comes next.
func (s *jsScanner) takeName(name string) (bool, error) {
	if err := s.skip(); err != nil {
		return false, err
	}
	if s.peekName() != name {
		return false, nil
	}
	s.at += len(name)
	return true, nil
}

// end returns an error when anything but a semicolon follows.
func (s *jsScanner) end() error {
	if _, err := s.take(";"); err != nil {
		return err
	}
	if err := s.skip(); err != nil {
		return err
	}
	if s.at < len(s.input) {
		return s.errorAt(s.at, "expected the end after the call, not %s", s.ahead())
	}
	return nil
}

// fetchParser reads the members of the second argument.
type fetchParser struct {
	source   *jsScanner
	call     Call
	wire     fetch.HeaderList
	referrer string
}

// finish sets the values that depend on several members.
func (p *fetchParser) finish() {
	if p.referrer != "" && !p.wire.Contains("Referer") {
		p.wire.Append("Referer", p.referrer)
	}
	p.call.takeWire(p.wire)
}

// member reads one member.
func (p *fetchParser) member(m jsMember) error {
	switch m.key {
	case "headers":
		return p.headers(m.value)
	case "keepalive":
		keep, ok := m.value.value.(bool)
		if !ok {
			return p.source.errorAt(m.value.offset, "keepalive must be true or false")
		}
		p.call.Init.Keepalive = keep
		return nil
	}
	if m.key == "body" && m.value.value == nil {
		return nil
	}
	text, ok := m.value.value.(string)
	if !ok {
		return p.source.errorAt(m.value.offset, "%s must be a string", m.key)
	}
	return p.textMember(m, text)
}

// textMember reads one member whose value is text.
func (p *fetchParser) textMember(m jsMember, text string) error {
	init := &p.call.Init
	switch m.key {
	case "method":
		init.Method, init.MethodEmpty = text, text == ""
	case "body":
		init.Body = browser.Text(text)
	case "mode":
		init.Mode = browser.InitMode(text)
	case "credentials":
		return p.credentials(text, m.value.offset)
	case "redirect":
		return p.redirect(text, m.value.offset)
	case "referrer":
		p.referrer = text
	case "referrerPolicy":
		return p.referrerPolicy(text, m.value.offset)
	case "cache":
		return p.cache(text, m.value.offset)
	case "integrity", "priority":
		p.call.note("%s does not affect CORS and is left out", m.key)
	default:
		return p.source.errorAt(m.offset, "the member %q is not understood", m.key)
	}
	return nil
}

// headers reads an object, or an array of pairs.
func (p *fetchParser) headers(node jsNode) error {
	switch value := node.value.(type) {
	case *jsObject:
		for _, m := range value.members {
			text, ok := m.value.value.(string)
			if !ok {
				return p.source.errorAt(m.value.offset, "the value of a header must be a string")
			}
			p.addHeader(m.key, text)
		}
		return nil
	case *jsArray:
		for _, e := range value.elements {
			name, text, ok := pair(e)
			if !ok {
				return p.source.errorAt(e.offset, "a header must be an array of name and value")
			}
			p.addHeader(name, text)
		}
		return nil
	}
	return p.source.errorAt(node.offset, "headers must be an object or an array of pairs")
}

func pair(node jsNode) (name, value string, ok bool) {
	array, _ := node.value.(*jsArray)
	if array == nil || len(array.elements) != 2 {
		return "", "", false
	}
	name, ok = array.elements[0].value.(string)
	value, second := array.elements[1].value.(string)
	return name, value, ok && second
}

func (p *fetchParser) addHeader(name, value string) {
	p.wire = append(p.wire, fetch.Header{Name: name, Value: scenario.BytesOfText(strings.TrimSpace(value))})
}

func (p *fetchParser) credentials(word string, offset int) error {
	mode, err := fetch.ParseCredentialsMode(word)
	if err != nil {
		return p.unknownWord("credentials", word, offset)
	}
	p.call.Init.Credentials, p.call.KnowsCredentials = mode, true
	return nil
}

func (p *fetchParser) redirect(word string, offset int) error {
	mode, err := fetch.ParseRedirectMode(word)
	if err != nil {
		return p.unknownWord("redirect", word, offset)
	}
	p.call.Init.Redirect = mode
	return nil
}

func (p *fetchParser) cache(word string, offset int) error {
	mode, err := fetch.ParseCacheMode(word)
	if err != nil {
		return p.unknownWord("cache", word, offset)
	}
	p.call.Init.Cache = mode
	return nil
}

func (p *fetchParser) referrerPolicy(word string, offset int) error {
	policy, err := fetch.ParseReferrerPolicy(word)
	if err != nil {
		return p.unknownWord("referrerPolicy", word, offset)
	}
	p.call.Init.ReferrerPolicy = policy
	return nil
}

// unknownWord returns the error for an unknown value. A browser throws an
// exception instead; the error also says the position.
func (p *fetchParser) unknownWord(member, word string, offset int) error {
	return p.source.errorAt(offset, "%s has no value %q", member, word)
}
