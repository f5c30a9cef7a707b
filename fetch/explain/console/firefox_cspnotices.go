package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// firefoxCSPReader reads a policy as Firefox does, and collects what it says.
type firefoxCSPReader struct {
	self  origin.URL
	lines []Line
	names []string // of the directives before
	// rest reports whether the last source that was read has left characters. Only then
	// an empty directive at the end is told.
	rest bool
}

// firefoxNoticesAbout returns what Firefox prints when a worker from a URL reads policies.
func firefoxNoticesAbout(list *fetch.CSPList, self origin.URL) []Line {
	if list == nil {
		return nil
	}
	var lines []Line
	for i := range list.Policies {
		p := &list.Policies[i]
		reader := firefoxCSPReader{self: self}
		reader.policy(p.Text)
		if p.ReportOnly && p.Directive("report-uri") == nil && p.Directive("report-to") == nil {
			reader.say(firefoxNoReports, Field{"origin", self.Origin().String()})
		}
		lines = append(lines, reader.lines...)
	}
	return lines
}

func (c *firefoxCSPReader) say(m firefoxNotice, values ...Field) {
	c.lines = append(c.lines, lineOf(&firefoxCSPNotices[m], values))
}

// policy reads a policy. Empty directives are passed over, but for what follows the
// semicolon of the last one.
func (c *firefoxCSPReader) policy(text string) {
	last := strings.TrimRight(text, "; \t")
	for token := range strings.SplitSeq(last, ";") {
		if words := strings.Fields(token); len(words) > 0 {
			c.directive(words[0], words[1:])
		}
	}
	if len(text) > len(last)+1 && c.rest {
		c.say(firefoxUnknownDirective, Field{"word", ""})
	}
}

func (c *firefoxCSPReader) directive(written string, values []string) {
	name, word := fetch.ByteLowercase(written), Field{"word", written}
	switch {
	case !policy.IsDirective(name) || name == "treat-as-public-address":
		c.say(firefoxUnknownDirective, word)
		return
	case slices.Contains(c.names, name):
		c.say(firefoxDuplicateDirective, word)
		return
	}
	c.names = append(c.names, name)
	if name == "block-all-mixed-content" {
		c.say(firefoxObsoleteBlockAll, word)
	}
	if takesNoValue := name == "block-all-mixed-content" || name == "upgrade-insecure-requests"; takesNoValue && len(values) > 0 {
		c.say(firefoxValuesIgnored, Field{"word", name})
	}
	if policy.HasSources(name) {
		c.sources(written, name, values)
	}
}

// sources reads the sources of a directive, and says which of them do nothing.
func (c *firefoxCSPReader) sources(written, name string, values []string) {
	list := firefoxSources{self: c.self.Scheme(), scripts: strings.HasPrefix(name, "script-src") || name == "default-src"}
	for _, value := range values {
		list.add(c, value)
	}
	if list.none && !list.isNone() {
		c.say(firefoxNoneIgnored, Field{"value", "'none'"})
	}
	word := Field{"word", written}
	if list.dynamic && name != "default-src" {
		for _, value := range list.ignored {
			c.say(firefoxIgnoredByStrictDynamic, Field{"value", value}, word)
		}
		if !list.trusted {
			c.say(firefoxStrictDynamicAlone, word)
		}
	}
	if list.inline && list.trusted && (list.scripts || strings.HasPrefix(name, "style-src")) {
		c.say(firefoxIgnoredByNonce, Field{"value", "'unsafe-inline'"}, word)
	}
}

// firefoxSources is what Firefox has read of a source list.
type firefoxSources struct {
	self string // the scheme of sources without one
	// scripts reports whether the directive is about scripts.
	scripts bool
	// none, dynamic, trusted and inline report whether there is 'none', 'strict-dynamic',
	// a nonce or a hash, and 'unsafe-inline'.
	none, dynamic, trusted, inline bool
	// ignored holds the sources that 'strict-dynamic' makes useless, and known is how many
	// sources there are.
	ignored []string
	known   int
	sample  bool
}

// isNone reports whether the list allows nothing.
func (s *firefoxSources) isNone() bool { return s.known == 0 || s.known == 1 && s.sample }

// add reads a source.
func (s *firefoxSources) add(c *firefoxCSPReader, value string) {
	text := fetch.ByteLowercase(value)
	c.rest = false
	switch {
	case text == "'none'":
		s.none = true
		return
	case !policy.IsSource(value):
		c.say(firefoxInvalidHost, Field{"value", value})
		return
	case text == "'unsafe-inline'" && s.inline:
		c.say(firefoxDuplicateSource, Field{"value", value})
		return
	case text == "'strict-dynamic'" && !s.scripts:
		c.say(firefoxStrictDynamicElsewhere, Field{"value", "strict-dynamic"})
	case policy.IsSource("'" + text + "'"):
		c.say(firefoxKeywordAsHost, Field{"value", value}, Field{"word", text})
	}
	s.known++
	s.inline = s.inline || text == "'unsafe-inline'"
	s.dynamic = s.dynamic || text == "'strict-dynamic'"
	s.sample = s.sample || text == "'report-sample'"
	if strings.HasPrefix(text, "'nonce-") || strings.HasPrefix(text, "'sha") {
		s.trusted = true
		return
	}
	if !slices.Contains(usefulBesideStrictDynamic, text) {
		s.ignored = append(s.ignored, normalSource(value, s.self))
	}
	c.rest = leavesRest(text)
}

// usefulBesideStrictDynamic are the keywords that mean something beside 'strict-dynamic'.
var usefulBesideStrictDynamic = []string{"'strict-dynamic'", "'unsafe-eval'", "'wasm-unsafe-eval'", "'unsafe-hashes'"}

// leavesRest reports whether Firefox has characters of a source left when it has read it:
// those of a scheme, a host or a port that no longer path follows.
func leavesRest(source string) bool {
	if source[0] == '\'' || source == "*" {
		return false
	}
	_, rest, found := strings.Cut(source, "://")
	if !found {
		rest = source
	}
	slash := strings.IndexByte(rest, '/')
	return slash < 0 || slash == len(rest)-1
}

// workerReferrer returns the warning about a referrer policy that is not used for the script
// of a worker, which is of another site than a sandboxed page.
func (firefox) workerReferrer(r *browser.Result) []Line {
	p := policy.ReferrerPolicyOf(r.Client)
	if !r.Client.Origin.IsOpaque() || !policy.IsRelaxed(p) {
		return nil
	}
	return []Line{firefoxReferrerPolicy.line(fields{{"word", string(p)}, {"url", latin1(r.Failure.Got)}})}
}

// worker returns what is said when a worker starts, or does not.
func (f firefox) worker(r *browser.Result) []Line {
	if r.Failure != nil && r.Failure.Reason == fetch.ReasonWorkerOtherOrigin {
		return append(f.workerReferrer(r), firefoxMayNotLoad.line(fields{{"page", f.principal(r)}, {"url", latin1(r.Failure.Got)}}))
	}
	lines := f.violations(r)
	if r.Failure == nil {
		lines = append(lines, firefoxNoticesAbout(r.Client.PolicyContainer.CSP, r.Client.URL)...)
	}
	return lines
}
