package python

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// djangoCORS is django-cors-headers.
// https://github.com/adamchainz/django-cors-headers/blob/main/src/corsheaders/middleware.py
type djangoCORS struct {
	h       *djangoHost
	all     value
	origins []value
	regexps []value // patterns and unknown values
	creds   value
	headers value
	methods value
	expose  value
	maxAge  value
	urls    value // a pattern or unknown
	network value
	// late reports whether credentials are sent to allowed origins only, behind
	// the origin: since 4.3.
	late bool
	// four reports whether it is version 4 or later.
	four bool
}

// alias returns a setting under its name or its old name.
func (h *djangoHost) alias(name, old string, standard value) (value, string) {
	if _, ok := h.settings[name]; !ok {
		if v, ok := h.settings[old]; ok {
			return v, old
		}
	}
	return h.setting(name, standard), name
}

// newDjangoCORS evaluates the settings.
func newDjangoCORS(in *interp, h *djangoHost, version string) (*djangoCORS, error) {
	c := &djangoCORS{h: h, four: !strings.HasPrefix(version, "3.") && !strings.HasPrefix(version, "2.")}
	c.late = c.four && !strings.HasPrefix(version, "4.0") && !strings.HasPrefix(version, "4.1.") && !strings.HasPrefix(version, "4.2.")
	defaults := []string{"accept", "accept-encoding", "authorization", "content-type", "dnt", "origin", "user-agent", "x-csrftoken", "x-requested-with"}
	if c.four {
		defaults = []string{"accept", "authorization", "content-type", "user-agent", "x-csrftoken", "x-requested-with"}
	}
	c.headers = h.setting("CORS_ALLOW_HEADERS", &tuple{stringList(defaults).items})
	c.methods = h.setting("CORS_ALLOW_METHODS", &tuple{stringList([]string{"DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"}).items})
	c.creds = h.setting("CORS_ALLOW_CREDENTIALS", false)
	c.maxAge = h.setting("CORS_PREFLIGHT_MAX_AGE", int64(86400))
	c.expose = h.setting("CORS_EXPOSE_HEADERS", &tuple{})
	c.network = h.setting("CORS_ALLOW_PRIVATE_NETWORK", false)
	all, allName := h.alias("CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL", false)
	c.all = all
	origins, originsName := h.alias("CORS_ALLOWED_ORIGINS", "CORS_ORIGIN_WHITELIST", &tuple{})
	regexps, regexpsName := h.alias("CORS_ALLOWED_ORIGIN_REGEXES", "CORS_ORIGIN_REGEX_WHITELIST", &tuple{})
	if err := c.check(h, map[string]value{allName: all, originsName: origins, regexpsName: regexps}, originsName, regexpsName, allName); err != nil {
		return nil, err
	}
	items, u, err := in.iterateAt(nil, h.where[originsName], origins)
	if err != nil {
		return nil, err
	}
	if u != nil {
		items = []value{u}
	}
	for _, x := range items {
		if _, more := x.(ellipsis); !more {
			c.origins = append(c.origins, x)
		}
	}
	if err := c.compile(in, h.where[regexpsName], regexps); err != nil {
		return nil, err
	}
	switch p := h.setting("CORS_URLS_REGEX", "^.*$").(type) {
	case string:
		c.urls, err = in.compile(h.where["CORS_URLS_REGEX"], p, false)
	default:
		c.urls = p
	}
	return c, err
}

// compile compiles the patterns of origins.
func (c *djangoCORS) compile(in *interp, at server.Position, v value) error {
	items, u, err := in.iterateAt(nil, at, v)
	if err != nil {
		return err
	}
	if u != nil {
		items = []value{u}
	}
	for _, x := range items {
		if s, ok := x.(string); ok {
			if x, err = in.compile(at, s, false); err != nil {
				return err
			}
		}
		if _, more := x.(ellipsis); !more {
			c.regexps = append(c.regexps, x)
		}
	}
	return nil
}
