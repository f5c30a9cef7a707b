package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/origin"
)

func newOrigin(t *terminal) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "origin URL [URL]",
		Short: "Show a URL's origin, or compare two",
		Long: `Show the origin of a URL as a browser sees it: scheme, host and port.

Two URLs are same origin when all three are equal; path, query and fragment do not count.
Same site is less: the same registrable domain (example.com for api.example.com) and scheme,
whatever the port. CORS compares origins, cookies compare sites.

With two URLs the exit status is 0 when they are same origin and 1 when they are not.`,
		Example: `  corsim origin https://example.com:443/page
  corsim origin https://example.com/page https://api.example.com/page
  corsim origin --json data:text/plain,hello`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 && len(args) != 2 {
				return fmt.Errorf("origin takes one URL or two, not %d", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			views := make([]originView, len(args))
			for i, arg := range args {
				u, err := origin.ParseURL(arg)
				if err != nil {
					return err
				}
				views[i] = viewOrigin(u)
			}
			out := t.newOutput()
			return out.close(printOrigins(out, views, asJSON))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

// originView is what is shown of a URL's origin.
type originView struct {
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

func viewOrigin(u origin.URL) originView {
	o := u.Origin()
	v := originView{
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
	return v
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

// comparison is what is shown of two origins.
type comparison struct {
	SameOrigin         bool          `json:"sameOrigin"`
	Different          []string      `json:"different,omitempty"`
	SameSite           bool          `json:"sameSite"`
	SchemelessSameSite bool          `json:"schemelesslySameSite"`
	Origins            [2]originView `json:"origins"`
}

func compareOrigins(a, b originView) comparison {
	c := comparison{
		SameSite:           origin.SameSite(a.origin, b.origin),
		SchemelessSameSite: origin.SchemelesslySameSite(a.origin, b.origin),
		Origins:            [2]originView{a, b},
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

func printOrigins(out *output, views []originView, asJSON bool) error {
	if len(views) == 1 {
		if asJSON {
			return out.printJSON(views[0])
		}
		printOrigin(out, views[0])
		return nil
	}
	c := compareOrigins(views[0], views[1])
	var err error
	if asJSON {
		err = out.printJSON(c)
	} else {
		printOrigin(out, views[0])
		fmt.Fprintln(out)
		printOrigin(out, views[1])
		fmt.Fprintln(out)
		printComparison(out, c)
	}
	if err == nil && !c.SameOrigin {
		err = errNo
	}
	return err
}

func printOrigin(out *output, v originView) {
	row := func(name, value string) { fmt.Fprintf(out, "%-12s %s\n", name, value) }
	row("url", v.URL)
	if v.Opaque != "" {
		row("origin", "null (opaque: "+v.Opaque+")")
	} else {
		row("origin", v.Origin)
		row("  scheme", v.Scheme)
		row("  host", v.Host)
		switch {
		case v.DefaultPort:
			row("  port", strconv.Itoa(v.Port)+" (the default of "+v.Scheme+")")
		case v.Port != 0:
			row("  port", strconv.Itoa(v.Port))
		}
		row("site", v.Site)
	}
	row("trustworthy", map[bool]string{true: "yes", false: "no"}[v.Trustworthy])
}

func printComparison(out *output, c comparison) {
	if c.SameOrigin {
		fmt.Fprintf(out, "%-12s %s\n", "same origin", out.paint(green, "yes"))
	} else {
		fmt.Fprintf(out, "%-12s %s: %s\n", "same origin", out.paint(red, "no"), difference(c))
	}
	site := "no"
	switch {
	case c.SameSite:
		site = "yes"
	case c.SchemelessSameSite:
		site = "no, but for the scheme"
	}
	fmt.Fprintf(out, "%-12s %s\n", "same site", site)
}

func difference(c comparison) string {
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
