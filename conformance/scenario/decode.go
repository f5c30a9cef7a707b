package scenario

import (
	"slices"
	"strings"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

var (
	scenarioKeys = newKeys(4, []string{
		"name", "page", "server", "steps", "sandboxed", "cookies",
		"referrerPolicy", "pageHeaders", "addressSpaces", "permissions", "certificateErrors", "hsts", "logins", "serviceWorker",
		"source", "expect", "otherwise", "alsoCovers", "knownFail", "tentative", "note",
	})
	loginKeys  = newKeys(3, []string{"url", "user", "password"})
	cookieKeys = newKeys(2, []string{"url", "set"})
	ruleKeys   = newKeys(2, []string{"when", "status", "headers", "body", "times", "delay"})
	fedKeys    = newKeys(1, []string{"status", "headers", "body"})
	whenKeys   = newKeys(0, []string{"method", "url", "headers"})
	stepKeys   = newKeys(0, append([]string{"fetch", "xhr", "element", "eventsource", "beacon", "websocket", "form", "page", "wait", "worker"}, documentKeys...))
	fetchKeys  = newKeys(1, []string{
		"url", "method", "headers", "body", "mode", "credentials", "redirect", "cache", "stream", "duplex", "type",
		"keepalive", "referrer", "referrerPolicy", "targetAddressSpace", "bodyType", "blobType", "integrity",
	})
	xhrKeys         = newKeys(1, []string{"url", "method", "headers", "body", "withCredentials", "uploadListener", "type", "sync", "bodyType", "blobType", "responseType", "timeout"})
	elementKeys     = newKeys(2, []string{"tag", "url", "crossorigin", "sandbox", "allow", "message", "referrerPolicy", "integrity", "canvas", "property", "as"})
	formKeys        = newKeys(1, []string{"url", "method", "enctype", "fields"})
	eventSourceKeys = newKeys(1, []string{"url", "withCredentials"})
	socketKeys      = newKeys(1, []string{"url", "protocols"})
	beaconKeys      = newKeys(1, []string{"url", "body", "type", "bodyType", "blobType"})
)

// Decode decodes one scenario from its JSON text. The scenario may
// share memory with the text.
func Decode(text string) (*Scenario, error) {
	s := scanner{text: text}
	scenario := new(Scenario)
	if err := s.scenario(scenario); err != nil {
		return nil, err
	}
	if err := s.end(); err != nil {
		return nil, err
	}
	return scenario, nil
}

// DecodeStep decodes one step of a scenario from its JSON text, with which the step
// may share memory.
func DecodeStep(text string) (Step, error) {
	s := scanner{text: text}
	step, err := s.oneStep()
	if err == nil {
		err = s.end()
	}
	return step, err
}

// DecodeResponse decodes a response from its JSON text, with which it may share
// memory. It has the keys of a rule of a scenario's server, without "when".
func DecodeResponse(text string) (*fetch.WireResponse, error) {
	s := scanner{text: text}
	var r server.Rule
	err := s.object(&fedKeys, func(key string) error { return s.ruleMember(key, &r) })
	if err == nil {
		err = s.end()
	}
	return &fetch.WireResponse{Status: r.Status, Header: r.Header, Body: r.Body}, err
}

func (s *scanner) scenario(out *Scenario) error {
	saysCertificate := false
	err := s.object(&scenarioKeys, func(key string) (err error) {
		switch key {
		case "name":
			out.Name, err = s.name()
		case "page":
			out.Page, err = s.asciiString()
		case "sandboxed":
			out.Sandboxed, err = s.bool()
		case "referrerPolicy", "pageHeaders":
			doc := Document{Header: out.Header}
			err = s.documentMember(key, &doc)
			out.Header = doc.Header
		case "addressSpaces":
			err = s.addressSpaces(&out.World.AddressSpaces)
		case "permissions":
			err = s.permissions(&out.World.Permissions)
		case "hsts":
			err = s.hsts(&out.World.HSTS)
		case "logins":
			err = s.logins(&out.World.Logins)
		case "serviceWorker":
			out.ServiceWorker = new(ServiceWorker)
			err = s.serviceWorker(out.ServiceWorker)
		case "certificateErrors":
			saysCertificate = true
			out.World.CertificateErrors, err = s.bool()
		case "cookies":
			err = s.cookies(&out.Cookies)
		case "server":
			err = s.rules(&out.Server)
		case "steps":
			err = s.steps(&out.Steps)
		default:
			if out.Case == nil {
				out.Case = new(Case)
			}
			err = s.caseMember(key, out.Case)
		}
		return err
	})
	if !saysCertificate {
		out.World.CertificateErrors = !s.later
	}
	if err == nil && out.Case != nil {
		err = out.Case.complete()
	}
	if err == nil {
		document := out.document()
		err = document.check()
	}
	return err
}

// name takes a scenario's name.
func (s *scanner) name() (string, error) {
	name, err := s.string()
	if err != nil {
		return "", err
	}
	if name == "" {
		return "", problemf("the name is empty")
	}
	for i := range len(name) {
		if c := name[i]; !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-') {
			return "", problemf("a name consists of a-z, 0-9 and \"-\" only, unlike %s", Quote(name))
		}
	}
	return name, nil
}

func (s *scanner) asciiString() (string, error) {
	text, err := s.string()
	if err == nil && firstNonASCII(text) >= 0 {
		return "", problemf("want ASCII only, not %s", Quote(text))
	}
	return text, err
}

func (s *scanner) cookies(out *[]Cookie) error {
	return s.array(func() error {
		var c Cookie
		err := s.object(&cookieKeys, func(key string) (err error) {
			switch key {
			case "url":
				c.URL, err = s.string()
			case "set":
				c.Set, err = s.string()
			}
			return err
		})
		*out = append(*out, c)
		return err
	})
}

func (s *scanner) rules(out *server.Script) error {
	return s.array(func() error {
		var r server.Rule
		err := s.object(&ruleKeys, func(key string) error { return s.ruleMember(key, &r) })
		*out = append(*out, r)
		return err
	})
}

func (s *scanner) ruleMember(key string, out *server.Rule) (err error) {
	switch key {
	case "when":
		err = s.when(&out.When)
	case "status":
		out.Status, err = s.int(100, 999)
	case "headers":
		err = s.headers(&out.Header)
	case "body":
		out.Body, err = s.bytes()
	case "times":
		out.Times, err = s.int(1, maxTimes)
	case "delay":
		var ms int
		ms, err = s.int(0, maxDelay)
		out.Delay = time.Duration(ms) * time.Millisecond
	}
	return err
}

// maxTimes is more than any page asks.
const maxTimes = 1e6

// maxDelay is the longest delay of a response in milliseconds: recorders do not wait for
// more than six seconds.
const maxDelay = 5000

func (s *scanner) when(out *server.When) error {
	return s.object(&whenKeys, func(key string) (err error) {
		if key == "headers" {
			s.later = true
			return s.whenHeaders(&out.Header)
		}
		at := &out.URL
		if key == "method" {
			at = &out.Method
		}
		if *at, err = s.string(); err == nil && *at == "" {
			err = problemf("no request has an empty %s; leave the key out to answer every one", key)
		}
		return err
	})
}

// whenHeaders takes an object of the headers that a request has to have, and null for
// those that it must not have.
func (s *scanner) whenHeaders(out *[]server.HeaderWhen) error {
	return s.members(func(name string) (err error) {
		w := server.HeaderWhen{Name: BytesOfText(name)}
		switch {
		case !fetch.IsHeaderName(w.Name):
			return problemf("no header has the name %s", Quote(name))
		case slices.ContainsFunc(*out, func(other server.HeaderWhen) bool { return fetch.EqualFold(other.Name, w.Name) }):
			return problemf("the key appears twice")
		}
		if w.Absent = s.null(); !w.Absent {
			w.Value, err = s.bytes()
		}
		*out = append(*out, w)
		return err
	})
}

func (s *scanner) bytes() (string, error) {
	text, err := s.string()
	return BytesOfText(text), err
}

func (s *scanner) optionalString(out *Optional[string]) (err error) {
	out.OK = true
	out.Value, err = s.string()
	return err
}

// optionalText takes a string of script, which is sent as UTF-8, or null for none.
func (s *scanner) optionalText(out *Optional[string]) error {
	if s.null() {
		return nil
	}
	return s.optionalString(out)
}

// headers takes an array of pairs of a name and a value, which are bytes.
func (s *scanner) headers(out *fetch.HeaderList) error {
	return s.array(func() error {
		name, value, err := s.pair()
		*out = append(*out, fetch.Header{Name: BytesOfText(name), Value: BytesOfText(value)})
		return err
	})
}

// scriptHeaders takes headers that script sets. It returns the first one that script
// cannot set, because a letter in it is not a byte.
// https://webidl.spec.whatwg.org/#js-ByteString
func (s *scanner) scriptHeaders(out *fetch.HeaderList) (notBytes fetch.Header, err error) {
	err = s.array(func() error {
		name, value, err := s.pair()
		if notBytes == (fetch.Header{}) && strings.ContainsFunc(name+value, func(r rune) bool { return r > 0xFF }) {
			notBytes = fetch.Header{Name: name, Value: value}
		}
		*out = append(*out, fetch.Header{Name: BytesOfText(name), Value: BytesOfText(value)})
		return err
	})
	return notBytes, err
}

// pair takes an array of two strings.
func (s *scanner) pair() (name, value string, err error) {
	i := 0
	err = s.array(func() (err error) {
		switch i++; i {
		case 1:
			name, err = s.string()
		case 2:
			value, err = s.string()
		default:
			return problemf("a header is a name and a value, and nothing more")
		}
		return err
	})
	if err == nil && i < 2 {
		err = problemf("a header is a name and a value")
	}
	return name, value, err
}
