package report

import (
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/textfmt"
)

// OriginDocument describes the origin of a URL.
type OriginDocument struct {
	// Version is 0 in an [OriginComparison], which has its own.
	Version int    `json:"version,omitzero"`
	URL     string `json:"url"`
	Origin  string `json:"origin"`
	// Opaque says why the origin is opaque; "" when it is not.
	Opaque string `json:"opaque,omitempty"`
	Scheme string `json:"scheme,omitempty"`
	Host   string `json:"host,omitempty"`
	// Port is the port that a connection uses, and DefaultPort reports whether it
	// is the default of the scheme.
	Port        int    `json:"port,omitzero"`
	DefaultPort bool   `json:"defaultPort,omitzero"`
	Site        string `json:"site"`
	// Trustworthy reports whether the URL is potentially trustworthy.
	Trustworthy bool `json:"potentiallyTrustworthy"`
	// Own is for a page with the URL, where its scheme is neither http nor https.
	Own *PageScheme `json:"own,omitzero"`
}

// PageScheme says what browsers send for a page with a scheme that is neither http nor
// https.
type PageScheme struct {
	Browsers []PageOrigin `json:"browsers"`
	Unknown  string       `json:"unknown,omitempty"`
	Sources  []string     `json:"sources"`
}

// PageOrigin is what one browser or kind of application sends.
type PageOrigin struct {
	Browser string `json:"browser"`
	// Origin is the header Origin; "" if it is not known or not sent.
	Origin string `json:"origin,omitempty"`
	CORS   string `json:"cors"`
}

// NewPageScheme returns the report of a scheme.
func NewPageScheme(p explain.PageScheme) *PageScheme {
	out := &PageScheme{Unknown: p.Unknown, Sources: p.Sources}
	for _, b := range p.Browsers {
		out.Browsers = append(out.Browsers, PageOrigin(b))
	}
	return out
}

func (e *encoder) pageScheme(p *PageScheme) {
	if p == nil {
		return
	}
	e.name("own")
	e.open('{')
	array(e, "browsers", p.Browsers, func(b *PageOrigin) {
		e.open('{')
		e.text("browser", b.Browser)
		e.textIf("origin", b.Origin)
		e.text("cors", b.CORS)
		e.close('}')
	})
	e.textIf("unknown", p.Unknown)
	e.textsIf("sources", p.Sources)
	e.close('}')
}

// AppendJSON appends the origin as one line of JSON, without the newline.
func (d *OriginDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.origin(d)
	return e.out
}

func (e *encoder) origin(d *OriginDocument) {
	e.open('{')
	e.numberIf("version", d.Version)
	e.text("url", d.URL)
	e.text("origin", d.Origin)
	e.textIf("opaque", d.Opaque)
	e.textIf("scheme", d.Scheme)
	e.textIf("host", d.Host)
	e.numberIf("port", d.Port)
	e.boolIf("defaultPort", d.DefaultPort)
	e.text("site", d.Site)
	e.bool("potentiallyTrustworthy", d.Trustworthy)
	e.pageScheme(d.Own)
	e.close('}')
}

// OriginComparison says what two origins have in common.
type OriginComparison struct {
	Version    int  `json:"version"`
	SameOrigin bool `json:"sameOrigin"`
	// Different names the parts that differ: scheme, host, port or opaque.
	Different          []string         `json:"different,omitempty"`
	SameSite           bool             `json:"sameSite"`
	SchemelessSameSite bool             `json:"schemelesslySameSite"`
	Origins            []OriginDocument `json:"origins"`
}

// AppendJSON appends the comparison as one line of JSON, without the newline.
func (c *OriginComparison) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", c.Version)
	e.bool("sameOrigin", c.SameOrigin)
	e.textsIf("different", c.Different)
	e.bool("sameSite", c.SameSite)
	e.bool("schemelesslySameSite", c.SchemelessSameSite)
	array(e, "origins", c.Origins, e.origin)
	e.close('}')
	return e.out
}

// Difference says why the two origins are not the same.
func (c *OriginComparison) Difference() string {
	a, b := &c.Origins[0], &c.Origins[1]
	switch {
	case a.Opaque != "" || b.Opaque != "":
		return "an opaque origin equals only itself"
	case a.Scheme != b.Scheme && a.Host == b.Host && a.DefaultPort && b.DefaultPort:
		return textfmt.Sprintf("the scheme differs (%s, %s)", a.Scheme, b.Scheme)
	}
	text := ""
	for _, part := range c.Different {
		values := map[string][2]any{
			"scheme": {a.Scheme, b.Scheme}, "host": {a.Host, b.Host}, "port": {a.Port, b.Port},
		}[part]
		if text != "" {
			text += ", "
		}
		text += textfmt.Sprintf("the %s differs (%v, %v)", part, values[0], values[1])
	}
	return text
}
