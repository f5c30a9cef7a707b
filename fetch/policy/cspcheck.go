package policy

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/origin"
)

// effectiveDirectives holds the directives that are about requests, by destination;
// connect-src is about all others.
// https://w3c.github.io/webappsec-csp/#effective-directive-for-a-request
var effectiveDirectives = map[fetch.Destination]string{
	"manifest": "manifest-src",
	"object":   "object-src", "embed": "object-src",
	"frame": "frame-src", "iframe": "frame-src",
	fetch.DestinationAudio: "media-src", fetch.DestinationTrack: "media-src", fetch.DestinationVideo: "media-src",
	fetch.DestinationFont:   "font-src",
	fetch.DestinationImage:  "img-src",
	fetch.DestinationStyle:  "style-src-elem",
	fetch.DestinationScript: "script-src-elem", "xslt": "script-src-elem", "audioworklet": "script-src-elem", "paintworklet": "script-src-elem",
	"serviceworker": "worker-src", "sharedworker": "worker-src", fetch.DestinationWorker: "worker-src",
}

// fallbacks holds the directives that stand in for others that a policy does not have.
// https://w3c.github.io/webappsec-csp/#directive-fallback-list
var fallbacks = map[string][]string{
	"script-src-elem": {"script-src-elem", "script-src", "default-src"},
	"style-src-elem":  {"style-src-elem", "style-src", "default-src"},
	"worker-src":      {"worker-src", "child-src", "script-src", "default-src"},
	"connect-src":     {"connect-src", "default-src"},
	"manifest-src":    {"manifest-src", "default-src"},
	"object-src":      {"object-src", "default-src"},
	"frame-src":       {"frame-src", "child-src", "default-src"},
	"media-src":       {"media-src", "default-src"},
	"font-src":        {"font-src", "default-src"},
	"img-src":         {"img-src", "default-src"},
}

// EffectiveDirective returns the name of the directive that is about the requests with a
// destination.
// https://w3c.github.io/webappsec-csp/#effective-directive-for-a-request
func EffectiveDirective(d fetch.Destination) string {
	// Most requests have no destination.
	if d == fetch.DestinationNone {
		return "connect-src"
	}
	if name, ok := effectiveDirectives[d]; ok {
		return name
	}
	return "connect-src"
}

// DirectiveFor returns the directive of a policy that decides about what a directive is
// about: this one, or the first that stands in for it. It is nil if nothing decides.
// https://w3c.github.io/webappsec-csp/#should-directive-execute
func DirectiveFor(p *fetch.CSP, effective string) *fetch.CSPDirective {
	for _, name := range fallbacks[effective] {
		if d := p.Directive(name); d != nil {
			return d
		}
	}
	return nil
}

// CSPDispositions says which policies of a list are checked.
type CSPDispositions uint8

// The dispositions.
const (
	// CSPEnforced: those that block.
	CSPEnforced CSPDispositions = iota
	// CSPReported: those that are only reported.
	CSPReported
	// CSPAll: all, in the order of the list.
	CSPAll
)

var cspDispositions = enum.New[CSPDispositions]("disposition of policies", "enforce", "report", "all")

// String returns the standard's word, such as "enforce".
func (d CSPDispositions) String() string { return cspDispositions.Word(d) }

// ParseCSPDispositions returns the dispositions of a word. The error for an unknown word
// lists the known ones.
func ParseCSPDispositions(word string) (CSPDispositions, error) { return cspDispositions.Parse(word) }

// has reports whether a policy is checked.
func (d CSPDispositions) has(p *fetch.CSP) bool {
	return d == CSPAll || p.ReportOnly == (d == CSPReported)
}

// CheckRequest appends what a request violates in the policies of its client that have a
// disposition. The client may have none.
// https://w3c.github.io/webappsec-csp/#should-block-request
func (c *CSP) CheckRequest(out []CSPViolation, req *fetch.Request, of CSPDispositions) []CSPViolation {
	list := req.Client.PolicyContainer.CSP
	if list == nil {
		return out
	}
	effective := EffectiveDirective(req.Destination)
	t := c.target(list, c.urlOf(req), req.Client)
	t.redirected = len(req.URLList) > 1
	for i := range list.Policies {
		p := &list.Policies[i]
		if !of.has(p) {
			continue
		}
		if d := c.violated(p, effective, t, req.Integrity); d != nil {
			out = append(out, violation(p, d, effective, t))
		}
	}
	return out
}

// Allows reports whether a policy allows a request. The policy is one of the request's
// client.
// https://w3c.github.io/webappsec-csp/#does-request-violate-policy
func (c *CSP) Allows(p *fetch.CSP, req *fetch.Request) bool {
	t := c.target(req.Client.PolicyContainer.CSP, c.urlOf(req), req.Client)
	t.redirected = len(req.URLList) > 1
	return c.violated(p, EffectiveDirective(req.Destination), t, req.Integrity) == nil
}

// violated returns the directive of a policy that does not allow a URL for requests that a
// directive is about; nil if the policy allows it.
func (c *CSP) violated(p *fetch.CSP, effective string, t cspTarget, integrity string) *fetch.CSPDirective {
	if integrity != "" && IsScriptLike(effective) {
		if d := DirectiveFor(p, effective); d != nil && allowsIntegrity(d, integrity) {
			return nil
		}
	}
	t.upgrades = c.UpgradesMatchSecure && !p.ReportOnly && p.Directive("upgrade-insecure-requests") != nil
	if d := DirectiveFor(p, effective); d != nil && !c.allows(d, effective, t) {
		return d
	}
	return nil
}

// AllowsPath reports whether the enforced policies of a request's client allow its
// current URL, if the paths of sources count after redirects too.
func (c *CSP) AllowsPath(req *fetch.Request) bool {
	list := req.Client.PolicyContainer.CSP
	effective := EffectiveDirective(req.Destination)
	t := c.target(list, c.urlOf(req), req.Client)
	for i := range list.Policies {
		p := &list.Policies[i]
		if d := DirectiveFor(p, effective); !p.ReportOnly && d != nil && !c.allows(d, effective, t) {
			return false
		}
	}
	return true
}

// urlOf returns the URL of a request that is compared with sources.
func (c *CSP) urlOf(req *fetch.Request) origin.URL {
	// All: the URL of a WebSocket has the scheme ws or wss (csp-websocket-urls).
	if c.SocketURLs && req.Mode == fetch.ModeWebSocket {
		return fetch.SocketURL(req.CurrentURL())
	}
	return req.CurrentURL()
}

// target returns a URL as it is compared with the sources of a list.
func (c *CSP) target(list *fetch.CSPList, u origin.URL, client *fetch.Client) cspTarget {
	t := newCSPTarget(u, list.SelfOrigin)
	t.everywhere = c.OpaquePagesMatchSelf && client.Origin.IsOpaque()
	return t
}

func violation(p *fetch.CSP, d *fetch.CSPDirective, effective string, t cspTarget) CSPViolation {
	return CSPViolation{Directive: *d, Effective: effective, URL: t.url, ReportOnly: p.ReportOnly, Redirected: t.redirected}
}

// allows reports whether a directive allows a URL for requests that another directive is
// about.
func (c *CSP) allows(d *fetch.CSPDirective, effective string, t cspTarget) bool {
	if IsScriptLike(effective) && isStrictDynamic(d) {
		// Scripts that script makes are not inserted by the parser.
		return true
	}
	t.starOnly = c.StrictDynamicAlone && d.Name == "default-src" && hasStrictDynamic(d.Values)
	return c.matchesList(&t, d)
}

// IsScriptLike reports whether a directive is about scripts.
// https://fetch.spec.whatwg.org/#request-destination-script-like
func IsScriptLike(effective string) bool {
	return effective == "script-src-elem" || effective == "worker-src"
}

// isStrictDynamic reports whether a directive trusts what scripts load. The standard asks
// for no nonce or hash beside it, without which no script of the page runs.
// https://w3c.github.io/webappsec-csp/#script-pre-request
func isStrictDynamic(d *fetch.CSPDirective) bool {
	if d.Name == "worker-src" || d.Name == "child-src" {
		return false
	}
	return hasStrictDynamic(d.Values)
}

// allowsIntegrity reports whether the hashes of a directive include all of a script's
// integrity metadata.
// https://w3c.github.io/webappsec-csp/#script-pre-request
func allowsIntegrity(d *fetch.CSPDirective, metadata string) bool {
	items := Integrity{}.Items(metadata)
	known := 0
	for _, item := range items {
		if item.Fault != IntegrityFaultless {
			continue
		}
		known++
		if !slices.ContainsFunc(d.Values, func(source string) bool { return isHashOf(source, item) }) {
			return false
		}
	}
	return known > 0
}

// isHashOf reports whether a source is the hash that an item of integrity metadata has.
func isHashOf(source string, item IntegrityItem) bool {
	if len(source) < 2 || source[0] != '\'' || source[len(source)-1] != '\'' {
		return false
	}
	algorithm, digest, _ := strings.Cut(source[1:len(source)-1], "-")
	return fetch.EqualFold(algorithm, item.Algorithm) && digest == item.Digest
}

func hasStrictDynamic(sources []string) bool {
	return slices.ContainsFunc(sources, func(source string) bool { return fetch.EqualFold(source, "'strict-dynamic'") })
}

// isNonceOrHash reports whether a source is a nonce or a hash.
func isNonceOrHash(source string) bool {
	source = fetch.ByteLowercase(source)
	for _, prefix := range [...]string{"'nonce-", "'sha256-", "'sha384-", "'sha512-"} {
		if strings.HasPrefix(source, prefix) && strings.HasSuffix(source, "'") {
			return true
		}
	}
	return false
}
