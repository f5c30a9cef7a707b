package lint

import "github.com/corsim/corsim/fetch/browser"

const (
	nullText = "The server allows the origin null, and every site can make a page with this origin: a sandboxed frame is enough."
	nullFix  = "Never allow null: remove it from the list, and do not repeat any origin."
)

func nullOriginCredentials() Rule {
	return Rule{
		ID: "null-origin-credentials", Severity: Danger,
		Title: "Pages with the origin null can read responses to requests with credentials, and every site can make such a page.",
		Why: "Sandboxed frames, data: URLs and some redirects have the origin null. Any site can put a sandboxed frame into its page. " +
			"To allow null is therefore to allow everybody.",
		Before: Example{"js", "app.use(cors({ origin: ['https://myapp.com', 'null'], credentials: true }));"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.com'], credentials: true }));"},
		run:    runNull(readsAllowed, readsPrivate),
	}
}

func nullOrigin() Rule {
	return Rule{
		ID: "null-origin", Severity: Fragile,
		Title: "Pages with the origin null can read responses to requests without cookies, and every site can make such a page.",
		Why: "Whoever lists null means pages opened from a file, or an application. Every site can make a page with this origin, so null allows everybody. " +
			"If everything is public, send an asterisk; otherwise remove null.",
		Before: Example{"js", "app.use(cors({ origin: ['https://myapp.com', 'null'] }));"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.com'] }));"},
		run:    runNull(readsPublic, readsPublic),
	}
}

// runNull reports that a sandboxed page reads something between two levels, and more
// than every site.
func runNull(low, high level) func(*prober) error {
	return func(p *prober) error {
		v, err := p.visit(browser.NullPage)
		if err != nil || v.level() < low || v.level() > high || v.level() <= p.floor {
			return err
		}
		limit := levelLimits[v.level()]
		p.report(min(p.rule.Severity, limit.severity), v.best(), nullFix, "%s%s", nullText, limit.note)
		return nil
	}
}
