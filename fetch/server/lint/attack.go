package lint

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
)

// attack is a set of origins that some misconfigured servers allow.
type attack struct {
	// from returns the origins to try.
	from func(*prober) []string
	// text says what is wrong; {origins} stands for those that the server allows,
	// {trusted} for the origin that it should allow.
	text string
	fix  string
	// unless holds rules whose finding also explains this one.
	unless []string
}

// levelLimits holds, for each level, the highest severity and the reason for this
// limit.
var levelLimits = map[level]struct {
	severity Severity
	note     string
}{
	readsPublic:  {Fragile, " Browsers share only responses to requests without credentials."},
	readsAllowed: {Fragile, " The browser sends no cookies of the user, so only data that needs none can be read."},
	readsPrivate: {Danger, ""},
}

// run tries every origin of an attack. It reports one finding for all of them.
func (a attack) run(p *prober) error {
	if p.hasFound(a.unless...) {
		return nil
	}
	var allowed []string
	var best *visit
	for _, from := range a.from(p) {
		if p.isTrusted(from) || slices.Contains(allowed, from) || !p.opens(from) {
			continue
		}
		v, err := p.visit(from)
		if err != nil {
			return err
		}
		if v.level() <= p.floor {
			continue
		}
		allowed = append(allowed, from)
		if best == nil || v.level() > best.level() {
			best = v
		}
	}
	if best == nil {
		return nil
	}
	limit := levelLimits[best.level()]
	text := strings.NewReplacer("{origins}", list(allowed), "{trusted}", p.trustedOrigin()).Replace(a.text)
	p.report(min(p.rule.Severity, limit.severity), best.best(), a.fix, "%s%s", text, limit.note)
	return nil
}

// isTrusted reports whether an origin is one that the server should allow. Allowing
// null is a mistake, even on purpose.
func (p *prober) isTrusted(from string) bool {
	return from != browser.NullPage && (from == p.trustedOrigin() || !p.anyOrigin && slices.Contains(p.candidates(), from))
}

// trustedOrigin returns the origin that should be allowed; "" when none is known.
func (p *prober) trustedOrigin() string {
	if p.trusted == nil || p.trusted == p.stranger {
		return ""
	}
	return p.trusted.from
}

// maxListed is the number of origins that a sentence names.
const maxListed = 3

// list returns a list of origins for a sentence.
func list(origins []string) string {
	if len(origins) > maxListed {
		return strings.Join(origins[:maxListed], ", ") + ", …"
	}
	return strings.Join(origins, ", ")
}
