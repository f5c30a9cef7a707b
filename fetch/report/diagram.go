package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/textfmt"
)

// diagram is a sequence diagram: the parties and their events, in order.
type diagram struct {
	title   string
	parties []party
	events  []event
	// several reports whether it shows several browsers.
	several bool
}

// party is one column: its role and its name.
type party struct{ role, name string }

// The numbers of the parties. Page and browser are always there; the servers follow
// in the order of the first requests to them.
const (
	partyPage = iota
	partyBrowser
	partyServer
)

// tone is how an event is drawn.
type tone uint8

const (
	toneCall tone = iota
	toneAnswer
	toneGood
	toneBad
	toneNone // a missing response
	toneNote
	toneBlocked
)

// event is a message from one party to another. If from and to are the same, it is
// a note over that party. Its first line is drawn in bold.
type event struct {
	from, to int
	tone     tone
	lines    []string
}

// The largest number of characters in a line of a message and of a note.
const (
	messageWidth = 58
	noteWidth    = 40
)

// newDiagram returns the diagram of a story.
func newDiagram(s *Story) *diagram {
	d := &diagram{title: s.Title, parties: []party{
		{"page", s.origin()}, {"browser", strings.ReplaceAll(cmp.Or(s.Browsers, s.Profile.Name()), "spec", "Fetch Standard")},
	}, several: strings.Contains(s.Browsers, ",")}
	for i := range s.Steps {
		d.addStep(&s.Steps[i])
	}
	return d
}

func (d *diagram) addStep(step *Step) {
	res := step.Result
	if res == nil {
		d.note(partyPage, toneNote, seconds(step.Pause)+" pass")
		return
	}
	d.say(partyPage, partyBrowser, toneCall, step.Call)
	if res.Outcome != browser.Threw && res.Request != nil && res.Earlier() == nil {
		d.note(partyBrowser, toneNote, explain.Classification(res.Trace.Classification))
	}
	if text, ok := explain.UsedAgain(res); ok {
		d.note(partyBrowser, toneNote, text)
	}
	for i := range res.Trace.Exchanges {
		d.addExchange(step, &res.Trace.Exchanges[i])
	}
	switch f := res.Failure; {
	case step.Open != "":
		d.note(partyBrowser, toneNote, step.Open)
		return
	case len(step.Reasons) > 0:
		for _, reason := range step.Reasons {
			d.note(partyBrowser, toneBlocked, reason)
		}
	case f != nil:
		d.note(partyBrowser, toneBlocked, explain.Brief(f))
	}
	d.addOutcome(res)
}

func (d *diagram) addExchange(step *Step, x *browser.Exchange) {
	if x.Preflight.CacheHit {
		d.note(partyBrowser, toneNote, "no preflight: the preflight cache already allows "+explain.PreflightCauses(x.Preflight.Causes))
	}
	if x.FromCache {
		d.note(partyBrowser, toneNote, textfmt.Sprintf("not sent: %s is in the HTTP cache", x.Request.URL.WithoutFragment()))
		return
	}
	if x.FromHSTS {
		d.note(partyBrowser, toneNote, textfmt.Sprintf("not sent: the browser redirects %s to https by itself (HSTS)", x.Request.URL.WithoutFragment()))
		return
	}
	if x.FromServiceWorker {
		d.note(partyBrowser, toneNote, textfmt.Sprintf("not sent: the service worker of the page answers %s", x.Request.URL.WithoutFragment()))
		return
	}
	server := d.server(x.Request.URL.Origin().String())
	path := strings.TrimPrefix(x.Request.URL.WithoutFragment().String(), d.parties[server].name)
	first := x.Request.Method + " " + path
	if x.Kind == browser.ExchangePreflight {
		first += " (preflight)"
	}
	asked := slices.Concat(step.ScriptHeaders, requestNames)
	d.say(partyBrowser, server, toneCall, first, headerLines(x.Request.Header, asked)...)
	if x.Response == nil {
		text := "no answer"
		if step.Open != "" {
			text = "not known"
		}
		d.say(server, partyBrowser, toneNone, text)
		return
	}
	shown := responseNames
	if x.Failure != nil && x.Failure.Header != "" {
		shown = append(slices.Clone(shown), x.Failure.Header)
	}
	came := x.Response
	if x.NotModified != nil {
		came = x.NotModified
	}
	d.say(server, partyBrowser, toneAnswer, strconv.Itoa(came.Status), headerLines(came.Header, shown)...)
	if x.NotModified != nil {
		d.note(partyBrowser, toneNote, "the stored response is still good")
	}
}

// addOutcome adds the event for what the page gets.
func (d *diagram) addOutcome(res *browser.Result) {
	if IsBlocked(res) {
		text, ok := console.ScriptError(res)
		if !ok || d.several {
			text = res.Outcome.String()
		}
		d.say(partyBrowser, partyPage, toneBad, text)
		return
	}
	text := res.Outcome.String()
	var more []string
	if p := res.Response; p != nil && (res.API == browser.APIFetch || res.API == browser.APIXHR) {
		text = textfmt.Sprintf("%s: status %d, type %s", res.Outcome, p.Status, p.Type)
		more = []string{"script sees no headers"}
		if names := visibleNames(p.Header); names != "" {
			more = []string{"script sees: " + names}
		}
	}
	d.say(partyBrowser, partyPage, toneGood, text, more...)
}

func visibleNames(l fetch.HeaderList) string {
	var names []string
	for _, h := range l.SortAndCombine() {
		names = append(names, h.Name)
	}
	return strings.Join(names, ", ")
}

// server returns the column of the server for an origin. It adds a column at the
// first request to that server.
func (d *diagram) server(name string) int {
	for i := partyServer; i < len(d.parties); i++ {
		if d.parties[i].name == name {
			return i
		}
	}
	d.parties = append(d.parties, party{"server", name})
	return len(d.parties) - 1
}

func (d *diagram) say(from, to int, t tone, first string, more ...string) {
	width := messageWidth
	if from == partyPage || to == partyPage {
		width = noteWidth
	}
	lines := wrap(first, width)
	for _, line := range more {
		lines = append(lines, wrap(line, width)...)
	}
	d.events = append(d.events, event{from, to, t, lines})
}

func (d *diagram) note(at int, t tone, text string) {
	d.events = append(d.events, event{at, at, t, wrap(text, noteWidth)})
}

// The names of the headers that diagrams show.
var (
	requestNames = []string{
		fetch.HeaderOrigin, fetch.HeaderRequestMethod, fetch.HeaderRequestHeaders, "Cookie", "Authorization", "Content-Type", "Range",
	}
	responseNames = []string{
		fetch.HeaderAllowOrigin, fetch.HeaderAllowCredentials, fetch.HeaderAllowMethods, fetch.HeaderAllowHeaders,
		fetch.HeaderExposeHeaders, fetch.HeaderMaxAge, "Location", "Set-Cookie", "Vary", fetch.HeaderCORP,
	}
)

// named returns the headers with the given names.
func named(l fetch.HeaderList, names []string) fetch.HeaderList {
	var out fetch.HeaderList
	for _, h := range l {
		if slices.ContainsFunc(names, func(name string) bool { return fetch.EqualFold(name, h.Name) }) {
			out = append(out, h)
		}
	}
	return out
}

// headerLines returns the headers with the given names, one per line.
func headerLines(l fetch.HeaderList, names []string) []string {
	var out []string
	for _, h := range named(l, names) {
		out = append(out, Line(h.Name)+": "+Visible(h.Value))
	}
	return out
}
