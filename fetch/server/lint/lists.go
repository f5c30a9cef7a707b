package lint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// preflightAnswer returns an attempt of the trusted page, or of the stranger, with a
// response to its preflight; ok is false when no response came.
func (p *prober) preflightAnswer() (t trial, header fetch.HeaderList, ok bool) {
	from := p.stranger.from
	if p.trusted != nil {
		from = p.trusted.from
	}
	for _, c := range p.usualCalls() {
		e, err := p.askCall(from, c, fetch.CredentialsOmit)
		if err != nil || e.preflight() == nil {
			continue
		}
		t = trial{call: c, attempt: e}
		t.last = e.first()
		if answer := e.preflight(); answer.Header.Contains(fetch.HeaderAllowMethods) || answer.Header.Contains(fetch.HeaderAllowHeaders) || answer.Header.Contains(headerMaxAge) {
			return t, answer.Header, true
		}
	}
	return t, nil, false
}

const headerMaxAge = "Access-Control-Max-Age"

func methodLowercase() Rule {
	return Rule{
		ID: "method-lowercase", Severity: Broken,
		Title: "A method in Access-Control-Allow-Methods is not in upper case.",
		Why: "Methods are compared byte for byte. Browsers write get, head, post, put, delete and options in upper case, and leave all others as script wrote them. " +
			"A list with put allows no PUT.",
		Before: Example{"text", "Access-Control-Allow-Methods: get, put"},
		After:  Example{"text", "Access-Control-Allow-Methods: GET, PUT"},
		run: func(p *prober) error {
			if p.trusted == nil {
				return nil
			}
			for _, c := range p.methodCalls() {
				t, err := p.tryCall(c, fetch.CredentialsOmit)
				if err != nil || t.failure == nil || t.failure.Reason != fetch.ReasonMethodNotAllowed {
					continue
				}
				methods, _ := t.attempt.preflight().Header.GetDecodeSplit(fetch.HeaderAllowMethods)
				i := slices.IndexFunc(methods, func(m string) bool { return fetch.EqualFold(m, c.method) })
				if i >= 0 {
					p.reportTrial(Broken, t, "Write methods in upper case.", "Access-Control-Allow-Methods has %q, and browsers send %s: it is blocked.", methods[i], c.method)
					return nil
				}
			}
			return nil
		},
	}
}

func methodInvalid() Rule {
	return Rule{
		ID: "method-invalid", Severity: Broken,
		Title: "Access-Control-Allow-Methods is not a list of methods.",
		Why: "A list with one item that is not a method is no list: browsers refuse the whole preflight. Quotes, spaces within an item and semicolons are usual " +
			"mistakes.",
		Before: Example{"text", "Access-Control-Allow-Methods: GET; POST; PUT"},
		After:  Example{"text", "Access-Control-Allow-Methods: GET, POST, PUT"},
		run: func(p *prober) error {
			return p.checkList(fetch.HeaderAllowMethods, fetch.IsMethod)
		},
	}
}

func methodForbidden() Rule {
	return Rule{
		ID: "method-forbidden", Severity: Advice, Proof: ProofStatic,
		Title:  "Access-Control-Allow-Methods names a method that no page can use.",
		Why:    "Script cannot make requests with CONNECT, TRACE or TRACK, in no browser. The entry has no effect, and whoever wrote it expected one.",
		Before: Example{"text", "Access-Control-Allow-Methods: GET, POST, TRACE"},
		After:  Example{"text", "Access-Control-Allow-Methods: GET, POST"},
		run: func(p *prober) error {
			if t, header, ok := p.preflightAnswer(); ok {
				for _, item := range listed(header, fetch.HeaderAllowMethods) {
					if fetch.IsForbiddenMethod(item) {
						p.reportTrial(Advice, t, "Remove it from the list.", "Access-Control-Allow-Methods names %s, which no page can use.", item)
						break
					}
				}
			}
			return nil
		},
	}
}

func headerInvalid() Rule {
	return Rule{
		ID: "header-invalid", Severity: Broken,
		Title: "Access-Control-Allow-Headers is not a list of names.",
		Why: "A list with one item that is not a name of a header is not a list: browsers refuse the whole preflight. Quotes, spaces within an item and semicolons are usual " +
			"mistakes.",
		Before: Example{"text", "Access-Control-Allow-Headers: Content-Type; Authorization"},
		After:  Example{"text", "Access-Control-Allow-Headers: Content-Type, Authorization"},
		run: func(p *prober) error {
			return p.checkList(fetch.HeaderAllowHeaders, fetch.IsHeaderName)
		},
	}
}

// checkList reports an item of a list that is not of its form.
func (p *prober) checkList(name string, isItem func(string) bool) error {
	t, header, ok := p.preflightAnswer()
	if !ok {
		return nil
	}
	items, _ := header.GetDecodeSplit(name)
	for _, item := range items {
		if item != "" && !isItem(item) {
			p.reportTrial(Broken, t, "Separate items with commas, without quotes.", "%s has %q, which makes the whole list invalid: browsers refuse the preflight.", name, item)
			return nil
		}
	}
	return nil
}

func headerProhibited() Rule {
	return Rule{
		ID: "header-prohibited", Also: []string{"header-forbidden"}, Severity: Advice, Proof: ProofStatic,
		Title: "A list names headers that no page can send or read.",
		Why: "Script can neither set Cookie, Host or Referer nor read Set-Cookie, and Access-Control-Allow-Origin is a header of responses. The entries have no effect, " +
			"and whoever wrote them expected one.",
		Before: Example{"text", "Access-Control-Allow-Headers: Content-Type, Access-Control-Allow-Origin, Cookie"},
		After:  Example{"text", "Access-Control-Allow-Headers: Content-Type"},
		run: func(p *prober) error {
			if t, header, ok := p.preflightAnswer(); ok {
				requested, _ := t.last.Request.Header.Get(fetch.HeaderRequestHeaders)
				for _, item := range listed(header, fetch.HeaderAllowHeaders) {
					if lower := fetch.ByteLowercase(item); isNeverSent(lower) && !strings.Contains(requested, lower) {
						p.reportTrial(Advice, t, "Remove it from the list.", "Access-Control-Allow-Headers names %s, which no page sends.", item)
						break
					}
				}
			}
			for _, item := range listed(p.actual().header(), fetch.HeaderExposeHeaders) {
				if fetch.IsForbiddenResponseHeaderName(item) {
					p.report(Advice, p.actual(), "Remove it from the list.", "Access-Control-Expose-Headers names %s, which no script can read.", item)
				}
			}
			return nil
		},
	}
}

// usualInLists are forbidden headers that the defaults of libraries and well-known
// examples list. They do no harm, and old browsers asked for some of them.
var usualInLists = []string{"origin", "dnt", "accept-encoding", "keep-alive"}

// isNeverSent reports whether script can never set a header, given in lower case, and
// whoever listed it may expect that it can.
func isNeverSent(name string) bool {
	return fetch.IsForbiddenRequestHeader(name, "") && !slices.Contains(usualInLists, name) || strings.HasPrefix(name, "access-control-allow-")
}

// listed returns the items of a header's list.
func listed(l fetch.HeaderList, name string) []string {
	items, _ := l.GetDecodeSplit(name)
	return items
}

func maxAgeOutOfBounds() Rule {
	return Rule{
		ID: "max-age-out-of-bounds", Severity: Advice, Proof: ProofStatic,
		Title: "Access-Control-Max-Age is not a number of seconds that browsers use.",
		Why: "Browsers keep the result of a preflight for at most two hours (Chromium), ten minutes (WebKit) or a day (Firefox). A value that is not a number counts as " +
			"five seconds, and a negative one forbids to keep the result.",
		Before: Example{"text", "Access-Control-Max-Age: 31536000"},
		After:  Example{"text", "Access-Control-Max-Age: 7200"},
		run: func(p *prober) error {
			t, header, ok := p.preflightAnswer()
			if !ok {
				return nil
			}
			value, ok := header.Get(headerMaxAge)
			if !ok {
				return nil
			}
			const most = 86400
			if n, err := strconv.Atoi(value); err != nil || n < -1 || n > most {
				p.reportTrial(Advice, t, "Send a number of seconds from 0 to 86400; 7200 is the most that all of Chromium keeps.",
					"Access-Control-Max-Age is %q; browsers keep the result of a preflight for 5 seconds without a number, and for at most 7200 (Chromium), 600 (WebKit) or 86400 seconds (Firefox).", value)
			}
			return nil
		},
	}
}
