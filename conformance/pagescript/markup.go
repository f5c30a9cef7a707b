package pagescript

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"strings"

	"golang.org/x/net/html"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// part is something in a document's markup that makes requests, or that this package
// does not know.
type part interface{ run(d *document) }

// script is a classic script, of the document itself or at a URL.
type script struct {
	text, nonce string
	element     *scenario.ElementStep // nil for a text
}

// module is a module script, of the document itself or at a URL. What it imports is
// loaded; its code is not run.
type module struct {
	script
	inline  browser.InlineModule
	isAsync bool
}

// frame is an iframe element.
type frame struct{ step scenario.FrameStep }

// element is another element that loads a URL.
type element struct{ step scenario.ElementStep }

// unknown is markup whose effect is not simulated.
type unknown struct{ what string }

// run runs the script, unless the sandbox or a policy of the document forbids it.
func (s *script) run(d *document) {
	if !d.RunsScripts() {
		return
	}
	if s.element == nil {
		if d.AllowsInline(policy.InlineScript{Nonce: s.nonce, IsHash: s.isHash}) {
			d.runScript(s.text)
		}
		return
	}
	if got, ok := d.play(s.element); ok && got.Result.Response != nil && got.Result.Outcome != browser.Blocked {
		d.runScript(got.Result.Response.Unfiltered().Body)
	}
}

// run loads the module, or puts it off until the document is parsed.
func (m *module) run(d *document) {
	if !d.RunsScripts() {
		return
	}
	if m.isAsync {
		m.load(d)
		return
	}
	d.deferred = append(d.deferred, m)
}

func (m *module) load(d *document) {
	d.Note("it has a script of type module, whose code is not run")
	switch {
	case m.element != nil:
		d.play(m.element)
	case d.AllowsInline(policy.InlineScript{Nonce: m.nonce, IsHash: m.isHash}) && d.failed == nil && !d.IsFull():
		d.failed = d.LoadImports(d.ctx, m.inline)
	}
}

func (f *frame) run(d *document) { d.playFrame(&f.step) }

func (e *element) run(d *document) { d.play(&e.step) }

func (u *unknown) run(d *document) { d.Note("it has " + u.what) }

// isHash reports whether a digest is that of the script's text.
func (s *script) isHash(algorithm, digest string) bool {
	digest = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(digest), "=")
	var sum []byte
	switch algorithm {
	case "sha256":
		own := sha256.Sum256([]byte(s.text))
		sum = own[:]
	case "sha384":
		own := sha512.Sum384([]byte(s.text))
		sum = own[:]
	case "sha512":
		own := sha512.Sum512([]byte(s.text))
		sum = own[:]
	default:
		return false
	}
	return base64.RawStdEncoding.EncodeToString(sum) == digest
}

// parts returns the parts of the document in order.
func (d *document) parts() []part {
	root, err := html.Parse(strings.NewReader(d.Text()))
	if err != nil {
		return []part{&unknown{"markup that cannot be read"}}
	}
	var out []part
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if p := d.partOf(n); p != nil {
			out = append(out, p)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "srcset" || a.Key == "style" && strings.Contains(a.Val, "url(") {
				out = append(out, &unknown{"the attribute " + a.Key})
			}
		}
	}
	return out
}

// partOf returns the part that an element is; nil if it makes no request.
func (d *document) partOf(n *html.Node) part {
	switch n.Data {
	case "script":
		return d.scriptOf(n)
	case "iframe":
		return frameOf(n)
	case "img", "audio", "video":
		if src, ok := attribute(n, "src"); ok && src != "" {
			return &element{elementOf(n, n.Data, src)}
		}
	case "link":
		return linkOf(n)
	case "meta":
		if value, ok := attribute(n, "http-equiv"); ok && !fetch.EqualFold(value, "content-type") {
			return &unknown{"a meta element with http-equiv=" + value}
		}
		if name, _ := attribute(n, "name"); fetch.EqualFold(name, "referrer") {
			return &unknown{"a meta element with name=referrer"}
		}
	case "base", "object", "embed", "source", "track", "style", "frame", "input", "svg":
		return &unknown{"an element " + n.Data}
	}
	return nil
}

// scriptOf returns the script of an element; nil if it is data, or for browsers without
// modules.
// https://html.spec.whatwg.org/#prepare-the-script-element
func (d *document) scriptOf(n *html.Node) part {
	given, hasType := attribute(n, "type")
	if d.IsModuleType(given) {
		return moduleOf(n)
	}
	switch kind := fetch.ByteLowercase(strings.Trim(given, " \t\n\f\r")); {
	case kind == "importmap" || kind == "speculationrules":
		return &unknown{"a script of type " + kind}
	case hasType && given != "" && !isJavaScript(kind):
		return nil
	}
	if _, ok := attribute(n, "nomodule"); ok {
		return nil
	}
	nonce, _ := attribute(n, "nonce")
	if src, ok := attribute(n, "src"); ok {
		step := elementOf(n, "script", src)
		return &script{nonce: nonce, element: &step}
	}
	if n.FirstChild == nil {
		return nil
	}
	return &script{text: n.FirstChild.Data, nonce: nonce}
}

// moduleOf returns the module script of an element; nil if it has no text.
func moduleOf(n *html.Node) part {
	src, hasSrc := attribute(n, "src")
	step := elementOf(n, "module", src)
	out := &module{}
	out.nonce, _ = attribute(n, "nonce")
	_, out.isAsync = attribute(n, "async")
	if hasSrc {
		out.element = &step
		return out
	}
	if n.FirstChild == nil {
		return nil
	}
	out.text = n.FirstChild.Data
	out.inline = browser.InlineModule{Text: out.text, ReferrerPolicy: scenario.ReferrerPolicyAttribute(step.ReferrerPolicy)}
	if step.CrossOrigin.OK {
		out.inline.CrossOrigin = browser.ParseCrossOrigin(step.CrossOrigin.Value)
	}
	return out
}

func isJavaScript(kind string) bool {
	t, ok := fetch.ParseMIMEType(kind)
	return ok && t.IsJavaScript()
}

func frameOf(n *html.Node) part {
	if _, ok := attribute(n, "srcdoc"); ok {
		return &unknown{"an iframe with srcdoc"}
	}
	src, _ := attribute(n, "src")
	if src == "" {
		return nil // about:blank
	}
	step := scenario.FrameStep{URL: src, Sandbox: optional(n, "sandbox"), Allow: optional(n, "allow")}
	step.ReferrerPolicy, _ = attribute(n, "referrerpolicy")
	return &frame{step}
}

// linkOf returns the style sheet of a link; nil for links that load nothing.
func linkOf(n *html.Node) part {
	rel, _ := attribute(n, "rel")
	href, _ := attribute(n, "href")
	rel = fetch.ByteLowercase(rel)
	switch {
	case href == "" || rel == "canonical" || rel == "alternate":
		return nil
	case rel == "stylesheet":
		return &element{elementOf(n, "stylesheet", href)}
	}
	return &unknown{"a link with rel=" + rel}
}

func elementOf(n *html.Node, tag, u string) scenario.ElementStep {
	out := scenario.ElementStep{Tag: tag, URL: u, CrossOrigin: optional(n, "crossorigin")}
	out.ReferrerPolicy, _ = attribute(n, "referrerpolicy")
	if tag == "script" || tag == "module" || tag == "stylesheet" {
		out.Integrity, _ = attribute(n, "integrity")
	}
	return out
}

func optional(n *html.Node, name string) scenario.Optional[string] {
	value, ok := attribute(n, name)
	return scenario.Optional[string]{Value: value, OK: ok}
}

func attribute(n *html.Node, name string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
