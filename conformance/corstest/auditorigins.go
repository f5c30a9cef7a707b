package corstest

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// auditOrigins looks for origins that can read more than an unknown site can.
func (a *auditor) auditOrigins() error {
	a.reportStranger()
	tried := make(map[string]bool)
	for _, attack := range append(lookAlikes(a.target.Origin), generalAttacks()...) {
		// An attack with the same text was already tried; it differs in the port.
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

// attack tries every origin of an attack. It reports one finding for all of them.
func (a *auditor) attack(attack attack) error {
	var allowed []string
	var best visit
	highest := a.stranger.level() // every site reaches this level, which is already reported
	for _, from := range attack.from {
		// Allowing null is a mistake, even on purpose.
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

// levelLimits holds, for each level, the highest severity and the reason for this
// limit.
var levelLimits = map[level]struct {
	severity Severity
	note     string
}{
	readsPublic:  {SeverityLow, "Browsers share only responses to requests without credentials. "},
	readsAllowed: {SeverityMedium, "The browser sends no cookies of the user, so only data that needs none can be read. "},
	readsPrivate: {SeverityHigh, ""},
}

// reportStranger reports what every site can read.
func (a *auditor) reportStranger() {
	switch v := a.stranger; v.level() {
	case readsPrivate:
		a.report(FindingAnyOrigin, SeverityHigh, v.best(),
			"Every site can read responses to requests with the user's cookies, because the server allows every origin, with credentials. "+
				"Allow only the origins on a list, compared as whole strings.")
	case readsAllowed:
		a.report(FindingAnyOrigin, SeverityMedium, v.best(),
			"The server allows every origin, with credentials. Browsers send no cookies of the user from another site, and only this protects the user's data: "+
				"a cookie with SameSite=None, or a page on the server's own site, gets around it. Allow only the origins on a list, compared as whole strings.")
	case readsPublic:
		value, _ := v.without.header().Get(fetch.HeaderAllowOrigin)
		if value == "*" {
			a.report(FindingAnyOrigin, SeverityInfo, v.best(),
				"Every site can read responses to requests without cookies. That is right for public data, and wrong for a server that only an intranet can reach.")
			return
		}
		a.report(FindingAnyOrigin, SeverityLow, v.best(),
			"The server allows every origin. Without Access-Control-Allow-Credentials this is the same as an asterisk; with it, it would be a security hole. "+
				"Send an asterisk if everything is public. Otherwise compare the origin with a list.")
	}
}
