package explain

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// Form is one form of message that an engine prints.
type Form struct {
	Engine browser.Engine
	Code   string
	// Text is literal but for the fields in braces and what may be left out, in
	// brackets.
	Text    string
	Reasons []fetch.Reason
}

// FormsOf returns what the engines print for a reason: for each engine the
// forms that name the fewest other reasons.
func FormsOf(reason fetch.Reason) []Form {
	var out []Form
	for _, e := range [...]browser.Engine{browser.EngineChromium, browser.EngineFirefox, browser.EngineWebKit} {
		fewest := 0
		var best []Form
		for _, f := range forms {
			if f.engine != e || f.warning || f.isScriptError() || !slices.Contains(f.reasons, reason) {
				continue
			}
			if n := len(f.reasons); best == nil || n < fewest {
				best, fewest = nil, n
			} else if n > fewest {
				continue
			}
			best = append(best, Form{f.engine, f.code, f.text, f.reasons})
		}
		out = append(out, best...)
	}
	return out
}

// LookUp returns the forms that go by a code: one of Chromium's CorsError names
// or network errors, one of Firefox's message keys, or the address of MDN's page
// about one, in full or its last part. Case does not matter, and neither do Chromium's leading
// k and Preflight, nor the digits at the end of Firefox's keys.
func LookUp(code string) []Form {
	wanted := plainCode(code)
	var out []Form
	for _, f := range forms {
		if f.code != "" && wanted != "" && (plainCode(f.code) == wanted || strings.EqualFold(f.code, code)) {
			out = append(out, Form{f.engine, f.code, f.text, f.reasons})
		}
	}
	return out
}

// plainCode is a code without what comes and goes with versions.
func plainCode(code string) string {
	plain := strings.ToLower(strings.TrimSpace(code))
	plain = plain[strings.LastIndexByte(plain, '/')+1:]
	plain = strings.TrimPrefix(strings.ReplaceAll(plain, " ", ""), "net::")
	plain = strings.TrimRight(plain, "0123456789")
	plain = strings.TrimPrefix(plain, "network.mojom.")
	for _, access := range accessErrors {
		access = strings.ToLower(access)
		if plain == "k"+access || plain == "preflight"+access || plain == "kpreflight"+access {
			return access
		}
	}
	if rest, ok := strings.CutPrefix(plain, "k"); ok && isChromiumCode(rest) {
		return rest
	}
	return plain
}

func isChromiumCode(plain string) bool {
	return slices.ContainsFunc(chromiumForms, func(f form) bool { return strings.EqualFold(f.code, plain) })
}

// Explain returns what can be said about a message: with the values that it
// gives, for the reason that is the likeliest. A message that names no reason
// has no explanation.
func (m *Message) Explain() (e Explanation, ok bool) {
	if len(m.Reasons) == 0 {
		return Explanation{}, false
	}
	e = ExplainReason(m.Reasons[0])
	e.Reached = m.reached(e.Reached)
	v := m.evidence()
	w := reasonWords[e.Reason]
	if v.knows(w.with) {
		e.Sentence = v.fill(w.with)
	}
	e.Causes = v.causes(w.causes)
	return e, true
}

// reached says how far the request got, which a message may tell where the
// reason alone does not.
func (m *Message) reached(general Reached) Reached {
	switch {
	case general != ReachedDepends:
		return general
	case m.Preflight:
		return ReachedPreflight
	case m.Engine == browser.EngineChromium:
		// Its messages say when it was the preflight.
		return ReachedServer
	}
	return general
}

// knows reports whether the values that a sentence wants are there.
func (v *evidence) knows(sentence string) bool {
	return (v.target.URL != "" || !strings.Contains(sentence, "{what}") && !strings.Contains(sentence, "{url}")) &&
		(v.failure.Got != "" || !strings.Contains(sentence, "{got}")) &&
		(v.failure.Want != "" || !strings.Contains(sentence, "{want}")) &&
		(!v.result.Client.Origin.IsZero() || !strings.Contains(sentence, "{asker}"))
}
