package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
)

// Engines print what they find wrong with a policy when they read it. A page's own policies
// are read before the page makes calls; a new frame and a worker read them again.

// cspNotice names a message about the text of a policy.
type cspNotice uint8

const (
	cspUnknownDirective cspNotice = iota
	cspDuplicateDirective
	cspNotReported
	cspQuery
	cspFragment
	cspInvalidSource
	cspNone
	cspNoReports
)

const (
	cspBadPath  = "The source list for Content Security Policy directive '{word}' contains a source with an invalid path: '{value}'. "
	cspQueryEnd = "The query component, including the '?', will be ignored."
	cspFragEnd  = "The fragment identifier, including the '#', will be ignored."
	cspUnknown  = "Unrecognized Content-Security-Policy directive '{word}'."
	cspTwice    = "Ignoring duplicate Content-Security-Policy directive '{word}'."
	cspIgnored  = "The Content Security Policy directive '{word}' is ignored when delivered in a report-only policy."
)

// webkitInvalid differs from Chromium's text in one word.
const webkitInvalid = "The source list for Content Security Policy directive '{word}' contains an invalid source: '{value}'. It will be ignored."

// chromiumCSPNotices are what Chromium says of the text of policies.
var chromiumCSPNotices = cspNoticesWith(
	"The source list for the Content Security Policy directive '{word}' contains an invalid source: '{value}'. It will be ignored.",
	"The Content-Security-Policy directive '{word}' contains the keyword 'none' alongside with other source expressions. "+
		"The keyword 'none' must be the only source expression in the directive value, otherwise it is ignored.")

// webkitCSPNotices are what WebKit says of the text of policies.
var webkitCSPNotices = append(cspNoticesWith(webkitInvalid, webkitInvalid+" Note that 'none' has no effect unless it is the only expression in the source list."),
	Message{Code: "csp-text", Topic: TopicCSP, Warning: true,
		Text: "The Content Security Policy '{policy}' was delivered in report-only mode, but does not specify a 'report-to'; the policy will have no effect. " +
			"Please either add a 'report-to' directive, or deliver the policy via the 'Content-Security-Policy' header."})

// cspNoticesWith returns what Chromium and WebKit say alike, in the order of the
// constants, with what one of them says of an invalid source, and of 'none' beside other
// sources.
func cspNoticesWith(invalid, none string) []Message {
	texts := [...]string{
		cspUnknownDirective: cspUnknown, cspDuplicateDirective: cspTwice, cspNotReported: cspIgnored,
		cspQuery: cspBadPath + cspQueryEnd, cspFragment: cspBadPath + cspFragEnd, cspInvalidSource: invalid, cspNone: none,
	}
	out := make([]Message, len(texts))
	for i, text := range texts {
		out[i] = Message{Code: "csp-text", Topic: TopicCSP, Warning: true, Text: text}
	}
	return out
}

// cspReader is how an engine reads policies.
type cspReader struct {
	messages []Message
	// notReported holds the directives of which the engine says that they do nothing in a
	// policy that is only reported.
	notReported []string
	// noneInPlace reports whether 'none' beside other sources is named where it stands, and
	// not after them.
	noneInPlace bool
	// dynamicIn holds the directives in which 'strict-dynamic' may stand, after which only
	// keywords are read; nil if it is a source like others.
	dynamicIn []string
}

var (
	chromiumCSPReader = cspReader{messages: chromiumCSPNotices, notReported: []string{"sandbox", "upgrade-insecure-requests", "treat-as-public-address"}}
	webkitCSPReader   = cspReader{messages: webkitCSPNotices, notReported: []string{"sandbox", "frame-ancestors"}, noneInPlace: true,
		dynamicIn: []string{"default-src", "script-src", "script-src-elem"}}
)

// pageNotices returns what is printed about the policies of the page when a new frame reads
// them. Frames and forms do so a number of times.
func (c *cspReader) pageNotices(r *browser.Result, times map[browser.API]int) []Line {
	var lines []Line
	for range times[r.API] {
		lines = append(lines, c.notices(r.Client.PolicyContainer.CSP)...)
	}
	return lines
}

// documentNotices returns what is printed about the policies of a frame's document.
func (c *cspReader) documentNotices(r *browser.Result) []Line {
	document := r.Frame().Document()
	if document == nil {
		return nil
	}
	return c.notices(document.CSP())
}

// notices returns what an engine prints when it reads policies.
func (c *cspReader) notices(list *fetch.CSPList) []Line {
	if list == nil {
		return nil
	}
	var lines []Line
	for i := range list.Policies {
		lines = append(lines, c.policyNotices(&list.Policies[i])...)
	}
	return lines
}

func (c *cspReader) policyNotices(p *fetch.CSP) []Line {
	var lines []Line
	for i := range p.Directives {
		d := &p.Directives[i]
		name := Field{"word", d.Name}
		switch {
		case !policy.IsDirective(d.Name):
			written, _, _ := strings.Cut(d.Text, " ")
			lines = append(lines, c.line(cspUnknownDirective, Field{"word", written}))
		case p.ReportOnly && slices.Contains(c.notReported, d.Name):
			lines = append(lines, c.line(cspNotReported, name))
		case policy.HasSources(d.Name):
			lines = append(lines, c.sourceNotices(d)...)
		}
	}
	for _, name := range p.Duplicates {
		lines = append(lines, c.line(cspDuplicateDirective, Field{"word", name}))
	}
	reports := p.Directive("report-to") != nil || p.Directive("report-uri") != nil
	if p.ReportOnly && !reports && len(c.messages) > int(cspNoReports) {
		lines = append(lines, c.line(cspNoReports, Field{"policy", p.Text}))
	}
	return lines
}

// sourceNotices returns what an engine prints of the sources of a directive.
func (c *cspReader) sourceNotices(d *fetch.CSPDirective) []Line {
	var lines []Line
	name, hasNone, isDynamic := Field{"word", d.Name}, false, false
	for _, source := range d.Values {
		switch {
		case fetch.EqualFold(source, "'strict-dynamic'") && c.dynamicIn != nil:
			if isDynamic = slices.Contains(c.dynamicIn, d.Name); !isDynamic {
				lines = append(lines, c.line(cspInvalidSource, name, Field{"value", source}))
			}
		case fetch.EqualFold(source, "'none'") && len(d.Values) == 1:
		case fetch.EqualFold(source, "'none'") && c.noneInPlace:
			lines = append(lines, c.line(cspNone, name, Field{"value", source}))
		case fetch.EqualFold(source, "'none'"):
			hasNone = true
		case isDynamic:
			// What it is does not matter.
		case !policy.IsSource(source):
			lines = append(lines, c.line(cspInvalidSource, name, Field{"value", source}))
		default:
			if path := policy.IgnoredPath(source); path != "" {
				lines = append(lines, c.line(ignoredPart(path), name, Field{"value", path}))
			}
		}
	}
	if hasNone {
		lines = append(lines, c.line(cspNone, name))
	}
	return lines
}

func (c *cspReader) line(m cspNotice, values ...Field) Line { return lineOf(&c.messages[m], values) }

// ignoredPart says which part of a path is ignored.
func ignoredPart(path string) cspNotice {
	if path[strings.IndexAny(path, "?#")] == '#' {
		return cspFragment
	}
	return cspQuery
}
