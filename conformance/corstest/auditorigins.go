package corstest

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// auditOrigins looks for origins that can read more than any stranger can.
func (a *auditor) auditOrigins() error {
	a.reportStranger()
	tried := make(map[string]bool)
	for _, attack := range append(lookAlikes(a.target.Origin), generalAttacks()...) {
		// What was tried already was it at another port.
		if tried[attack.text] || a.hasFound(attack.unless) {
			continue
		}
		tried[attack.text] = true
		if err := a.attack(attack); err != nil {
			return err
		}
	}
	return nil
}

func (a *auditor) hasFound(code FindingCode) bool {
	return slices.ContainsFunc(a.findings, func(f Finding) bool { return f.Code == code })
}

// attack tries every origin of an attack and reports it once.
func (a *auditor) attack(attack attack) error {
	var allowed []string
	var best visit
	highest := a.stranger.level() // every site can do as much, which is said already
	for _, from := range attack.from {
		// That null is meant to be allowed makes it no better.
		if from == a.target.Origin && from != nullOrigin {
			continue
		}
		v, err := a.visit(from)
		if err != nil {
			return err
		}
		if v.level() > a.stranger.level() {
			allowed = append(allowed, from)
		}
		if v.level() > highest {
			highest, best = v.level(), v
		}
	}
	if len(allowed) > 0 {
		limit := levelLimits[highest]
		text := strings.ReplaceAll(attack.text, "{origins}", strings.Join(allowed, ", "))
		a.report(attack.code, min(attack.severity, limit.severity), best.best(), "%s %s%s", text, limit.note, attack.cure)
	}
	return nil
}

// levelLimits says of each level how severe it can be, and why no more.
var levelLimits = map[level]struct {
	severity Severity
	note     string
}{
	readsPublic:  {SeverityLow, "Only what is asked for without credentials is shared. "},
	readsAllowed: {SeverityMedium, "No cookie of the user goes along, so that only what needs none is read. "},
	readsPrivate: {SeverityHigh, ""},
}

// reportStranger says what every site can read.
func (a *auditor) reportStranger() {
	switch v := a.stranger; v.level() {
	case readsPrivate:
		a.report(FindingAnyOrigin, SeverityHigh, v.best(),
			"Every site can read what the server answers to a user's cookies, since it allows whichever origin asks, with credentials. "+
				"Allow only the origins on a list, compared as whole strings.")
	case readsAllowed:
		a.report(FindingAnyOrigin, SeverityMedium, v.best(),
			"The server allows whichever origin asks, with credentials. No cookie of the user goes along from another site, and that alone keeps what is theirs: "+
				"a cookie with SameSite=None or a page on the server's own site gets past it. Allow only the origins on a list, compared as whole strings.")
	case readsPublic:
		value, _ := v.without.answer().Get(fetch.HeaderAllowOrigin)
		if value == "*" {
			a.report(FindingAnyOrigin, SeverityInfo, v.best(),
				"Every site can read what the server answers without cookies. That is right for public data, and wrong for a server that only an intranet can reach.")
			return
		}
		a.report(FindingAnyOrigin, SeverityLow, v.best(),
			"The server allows whichever origin asks. Without Access-Control-Allow-Credentials that is as good as an asterisk; with it, it would be a hole. "+
				"Send an asterisk if everything is public, or else compare with a list.")
	}
}
