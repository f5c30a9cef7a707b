package bulk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/origin"
)

// measure counts a verdict, and what the summary says about its exchange.
func (w *worker) measure(s *Summary, r *scenario.Recording, v *scenario.Verdict) {
	if v.Failure != nil { // the judge uses its memory again
		failure := *v.Failure
		v.Failure = &failure
	}
	s.countVerdict(v)
	if s.Outcomes.add(outcomeOf(v)); v.Assumed {
		s.Assumed++
	}
	page := w.originOf(r.Page)
	if v.Kind == fetch.KindSimple || v.Kind == fetch.KindPreflighted || v.Kind == fetch.KindNoCORS {
		s.countAllowOrigin(&r.Response, page)
	}
	if v.Kind == fetch.KindPreflighted && r.Preflight.Status != 0 && (v.Failure == nil || !v.Failure.Preflight) {
		s.countPreflight(r, page)
	}
	if v.IsNo() && v.Outcome == browser.Blocked {
		s.OneHeaderAway.add(w.oneHeaderAway(r, v.Failure, page))
	}
}

// outcomeOf returns the word that is in the line of a verdict.
func outcomeOf(v *scenario.Verdict) string {
	if v.Missing != scenario.MissingNone {
		return v.Missing.String()
	}
	return v.Outcome.String()
}

// countVerdict counts the kind of a request and why it failed.
func (s *Summary) countVerdict(v *scenario.Verdict) {
	if v.Missing != scenario.MissingNone || v.Outcome != browser.Threw {
		s.Kinds.add(v.Kind.String())
	}
	if v.Failure != nil && v.IsNo() {
		s.Reasons.add(string(v.Failure.Reason))
		if v.Failure.Preflight {
			s.PreflightReasons.add(string(v.Failure.Reason))
		}
	}
}

// originOf returns the serialised origin of a page.
func (w *worker) originOf(page string) string {
	if page != w.page {
		w.page, w.pageOrigin = strings.Clone(page), "null"
		if u, err := origin.ParseURL(page); err == nil {
			w.pageOrigin = u.Origin().String()
		}
	}
	return w.pageOrigin
}

// The forms of Access-Control-Allow-Origin.
const (
	formNone    = "not there"
	formAny     = "*"
	formPage    = "the page's origin"
	formNull    = "null"
	formOther   = "another origin"
	formSeveral = "several values"
	formInvalid = "not an origin"
)

// allowOriginForm returns the form of the header of a response to a page of an
// origin; page is "" if no page asked.
func allowOriginForm(header fetch.HeaderList, page string) string {
	value, ok := header.Get(fetch.HeaderAllowOrigin)
	switch {
	case !ok:
		return formNone
	case value == "*":
		return formAny
	case value == page && page != "null":
		return formPage
	case value == "null":
		return formNull
	case strings.ContainsAny(value, ", ") || len(header.Values(fetch.HeaderAllowOrigin)) > 1:
		return formSeveral
	}
	if u, err := origin.ParseURL(value); err == nil && u.Origin().String() == value {
		return formOther
	}
	return formInvalid
}

// countAllowOrigin counts a response to a page of an origin.
func (s *Summary) countAllowOrigin(answer *fetch.WireResponse, page string) {
	if answer.Status != 0 {
		s.AllowOrigin.add(allowOriginForm(answer.Header, page))
	}
}

// countPreflight counts a preflight that passed.
func (s *Summary) countPreflight(r *scenario.Recording, page string) {
	s.MaxAge.add(maxAgeForm(r.Preflight.Header))
	key := []byte(page + "\x00" + r.URL + "\x00" + r.Credentials.String() + "\x00" + r.Method)
	unsafe := fetch.Safelist{}.UnsafeNames(r.Header)
	for _, name := range unsafe {
		key = append(append(key, 0), name...)
	}
	s.PreflightSample.add(key)
}

// maxAgeForm returns how long a response allows to remember a preflight.
func maxAgeForm(header fetch.HeaderList) string {
	value, ok := header.Get(fetch.HeaderMaxAge)
	if !ok {
		return "not there"
	}
	seconds, err := strconv.Atoi(strings.Trim(value, " \t"))
	switch {
	case err != nil:
		return "not a number"
	case seconds <= 0:
		return "0 or less"
	case seconds < 600:
		return "less than 10 minutes"
	case seconds <= 7200:
		return "10 minutes to 2 hours"
	}
	return "more than 2 hours"
}

// oneHeaderAway returns the header whose change alone makes a blocked request
// succeed, "more" if there is none, and "unseen" if the recording does not say.
func (w *worker) oneHeaderAway(r *scenario.Recording, f *fetch.Failure, page string) string {
	value, ok := wanted(r, f, page)
	if !ok {
		return "more"
	}
	changed := *r
	answer := &changed.Response
	if f.Preflight {
		answer = &changed.Preflight
	}
	if answer.Status == 0 {
		return "unseen"
	}
	answer.Header = slices.Clone(answer.Header)
	answer.Header.Delete(f.Header)
	answer.Header.Append(f.Header, value)
	v, err := w.judge.Judge(&changed)
	switch {
	case err != nil || v.IsNo():
		return "more"
	case v.Missing != scenario.MissingNone:
		return "unseen"
	}
	return f.Header
}

// wanted returns the value of the header that failed with which it would pass.
func wanted(r *scenario.Recording, f *fetch.Failure, page string) (value string, ok bool) {
	switch f.Header {
	case fetch.HeaderAllowOrigin:
		return page, true
	case fetch.HeaderAllowCredentials:
		return "true", true
	case fetch.HeaderAllowMethods:
		if f.Got != "" && f.Reason == fetch.ReasonMethodNotAllowed {
			return f.Got, true
		}
		return r.Method, true
	case fetch.HeaderAllowHeaders:
		names := make([]string, len(r.Header))
		for i, h := range r.Header {
			names[i] = h.Name
		}
		return strings.Join(names, ", "), true
	}
	return "", false
}
