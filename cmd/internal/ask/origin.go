package ask

import (
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/origin"
)

// OriginAnswer describes the origin of a URL.
type OriginAnswer struct {
	report.OriginDocument
	origin origin.Origin
}

// Origin returns the origin of a URL, and what follows from it.
func Origin(url string) (OriginAnswer, error) {
	u, err := origin.ParseURL(url)
	if err != nil {
		return OriginAnswer{}, err
	}
	o := u.Origin()
	v := OriginAnswer{origin: o, OriginDocument: report.OriginDocument{
		Version: report.Version, URL: u.String(), Origin: o.String(), Scheme: o.Scheme(), Host: o.Host(), Site: o.Site().String(),
		Trustworthy: u.IsPotentiallyTrustworthy(),
	}}
	if o.IsOpaque() {
		v.Opaque = whyOpaque(u)
	}
	if own, ok := explain.PageSchemeOf(u); ok {
		v.Own = report.NewPageScheme(own)
	}
	if port, ok := o.EffectivePort(); ok {
		_, own := o.Port()
		v.Port, v.DefaultPort = int(port), !own
	}
	return v, nil
}

func whyOpaque(u origin.URL) string {
	switch u.Scheme() {
	case "data":
		return "the resource is the URL itself, and belongs to no server"
	case "blob":
		return "the URL after blob: has no http or https origin"
	case "file":
		return "browsers treat each local file as an origin of its own"
	}
	return "to the URL standard; each browser has its own rules for " + u.Scheme() + " pages"
}

// CompareOrigins compares the origins of two URLs.
func CompareOrigins(a, b OriginAnswer) *report.OriginComparison {
	c := &report.OriginComparison{
		Version:            report.Version,
		SameSite:           origin.SameSite(a.origin, b.origin),
		SchemelessSameSite: origin.SchemelesslySameSite(a.origin, b.origin),
		Origins:            []report.OriginDocument{a.OriginDocument, b.OriginDocument},
	}
	for i := range c.Origins {
		c.Origins[i].Version = 0
	}
	d := origin.Compare(a.origin, b.origin)
	c.SameOrigin = d.SameOrigin()
	for _, part := range []struct {
		bit  origin.Difference
		name string
	}{
		{origin.DifferentScheme, "scheme"}, {origin.DifferentHost, "host"},
		{origin.DifferentPort, "port"}, {origin.DifferentOpaque, "opaque"},
	} {
		if d&part.bit != 0 {
			c.Different = append(c.Different, part.name)
		}
	}
	return c
}
