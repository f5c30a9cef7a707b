package lint

import (
	"regexp"
)

// ignoredOptions are options about CORS that have no effect because of something else in
// the text.
type ignoredOptions struct {
	kind string
	// option matches an option about CORS, and needed what gives it an effect: when needed is
	// missing, the options are ignored. Without needed, option matches both the option and
	// what takes its effect away.
	option, needed *regexp.Regexp
	why, fix       string
}

// ignoredTexts follow the documentation and the source of each software.
var ignoredTexts = []ignoredOptions{
	{
		"ingress-nginx", regexp.MustCompile(`nginx\.ingress\.kubernetes\.io/cors-[a-z-]+`), regexp.MustCompile(`nginx\.ingress\.kubernetes\.io/enable-cors["']?\s*:\s*["']?true`),
		`the controller looks at annotations about CORS only beside enable-cors: "true"`, `Add nginx.ingress.kubernetes.io/enable-cors: "true".`,
	},
	{
		"django", regexp.MustCompile(`(?m)^CORS_[A-Z_]+\s*=`), regexp.MustCompile(`["']corsheaders\.middleware\.CorsMiddleware["']`),
		"settings of django-cors-headers have an effect only with its middleware", "Add 'corsheaders.middleware.CorsMiddleware' to MIDDLEWARE, as the first one.",
	},
	{
		"laravel", regexp.MustCompile(`['"]paths['"]\s*=>\s*(?:\[\s*\]|array\(\s*\))`), nil,
		"the middleware looks at paths that this list has, and the list is empty", "Name the paths, such as 'api/*'.",
	},
	{
		"nodejs", regexp.MustCompile(`\boptionsSuccessStatus\s*:[^{}]*?\bpreflightContinue\s*:\s*true|\bpreflightContinue\s*:\s*true[^{}]*?\boptionsSuccessStatus\s*:`), nil,
		"with preflightContinue: true the next handler chooses the status", "Remove one of the two.",
	},
}

func optionIgnored() Rule {
	return Rule{
		ID: "option-ignored", Severity: Fragile, Proof: ProofStatic,
		Title: "An option about CORS has no effect because of something else in the text.",
		Why: "The software knows the option, and looks at it only together with another one, or not at all: annotations of ingress-nginx without enable-cors, settings of " +
			"django-cors-headers without its middleware, a list of paths that is empty. The text looks as if CORS were allowed.",
		Before: Example{"yaml", "annotations:\n  nginx.ingress.kubernetes.io/cors-allow-origin: \"https://myapp.com\""},
		After:  Example{"yaml", "annotations:\n  nginx.ingress.kubernetes.io/enable-cors: \"true\"\n  nginx.ingress.kubernetes.io/cors-allow-origin: \"https://myapp.com\""},
		run: func(p *prober) error {
			if p.Model == nil {
				return nil
			}
			text := withoutComments(p.Model.Kind, p.Text)
			for _, o := range ignoredTexts {
				m := o.option.FindStringIndex(text)
				if o.kind == p.Model.Kind && m != nil && (o.needed == nil || !o.needed.MatchString(text)) {
					p.reportStatic(Fragile, p.Text, m[0], o.fix, "This has no effect: %s.", o.why)
				}
			}
			return nil
		},
	}
}
