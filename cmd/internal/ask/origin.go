package ask

import (
	"fmt"

	"github.com/corsim/corsim/origin"
)

// OriginAnswer describes the origin of a URL.
type OriginAnswer struct {
	URL         string `json:"url"`
	Origin      string `json:"origin"`
	Opaque      string `json:"opaque,omitempty"` // why it is opaque
	Scheme      string `json:"scheme,omitempty"`
	Host        string `json:"host,omitempty"`
	Port        int    `json:"port,omitempty"` // effective
	DefaultPort bool   `json:"defaultPort,omitempty"`
	Site        string `json:"site"`
	Trustworthy bool   `json:"potentiallyTrustworthy"`

	origin origin.Origin
}

// Origin returns the origin of a URL, and what follows from it.
func Origin(url string) (OriginAnswer, error) {
	u, err := origin.ParseURL(url)
	if err != nil {
		return OriginAnswer{}, err
	}
	o := u.Origin()
	v := OriginAnswer{
		URL: u.String(), Origin: o.String(), Scheme: o.Scheme(), Host: o.Host(), Site: o.Site(),
		Trustworthy: u.IsPotentiallyTrustworthy(), origin: o,
	}
	if o.IsOpaque() {
		v.Opaque = whyOpaque(u)
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
	return u.Scheme() + " URLs have no host and port that could be compared"
}

// OriginComparison says what two origins have in common.
type OriginComparison struct {
	SameOrigin bool `json:"sameOrigin"`
	// Different names the parts that differ: scheme, host, port or opaque.
	Different          []string        `json:"different,omitempty"`
	SameSite           bool            `json:"sameSite"`
	SchemelessSameSite bool            `json:"schemelesslySameSite"`
	Origins            [2]OriginAnswer `json:"origins"`
}

// CompareOrigins compares the origins of two URLs.
func CompareOrigins(a, b OriginAnswer) OriginComparison {
	c := OriginComparison{
		SameSite:           origin.SameSite(a.origin, b.origin),
		SchemelessSameSite: origin.SchemelesslySameSite(a.origin, b.origin),
		Origins:            [2]OriginAnswer{a, b},
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

// Difference says why two origins are not the same.
func (c *OriginComparison) Difference() string {
	a, b := c.Origins[0], c.Origins[1]
	switch {
	case a.Opaque != "" || b.Opaque != "":
		return "an opaque origin equals only itself"
	case a.Scheme != b.Scheme && a.Host == b.Host && a.DefaultPort && b.DefaultPort:
		return fmt.Sprintf("the scheme differs (%s, %s)", a.Scheme, b.Scheme)
	}
	text := ""
	for _, part := range c.Different {
		values := map[string][2]any{
			"scheme": {a.Scheme, b.Scheme}, "host": {a.Host, b.Host}, "port": {a.Port, b.Port},
		}[part]
		if text != "" {
			text += ", "
		}
		text += fmt.Sprintf("the %s differs (%v, %v)", part, values[0], values[1])
	}
	return text
}
