package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/report"
)

func newOrigin(t *terminal) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "origin URL [URL]",
		Short: "Show a URL's origin, or compare two",
		Long: `Show the origin of a URL as a browser sees it: scheme, host and port.

Two URLs are same origin when all three are equal; path, query and fragment do not count.
Two URLs are same site when they have the same registrable domain (example.com for
api.example.com) and the same scheme; the port does not count. CORS compares origins,
cookies depend on sites.

The standards leave the origin of some pages to the browsers: of extensions, of applications and
of files. For such a URL corsim says what each browser sends as Origin, and whether CORS applies.

With two URLs the exit status is 0 when they are same origin and 1 when they are not.`,
		Example: `  corsim origin https://example.com:443/page
  corsim origin https://example.com/page https://api.example.com/page
  corsim origin --json data:text/plain,hello
  corsim origin capacitor://localhost`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 && len(args) != 2 {
				return fmt.Errorf("origin takes one URL or two, not %d", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			views := make([]ask.OriginAnswer, len(args))
			for i, arg := range args {
				var err error
				if views[i], err = ask.Origin(arg); err != nil {
					return err
				}
			}
			out := t.newOutput()
			return out.close(printOrigins(out, views, asJSON))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func printOrigins(out *output, views []ask.OriginAnswer, asJSON bool) error {
	if len(views) == 1 {
		if asJSON {
			return out.printJSON(&views[0])
		}
		printOrigin(out, views[0])
		return nil
	}
	c := ask.CompareOrigins(views[0], views[1])
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

func printOrigin(out *output, v ask.OriginAnswer) {
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
	switch {
	case v.Trustworthy:
		row("trustworthy", "yes")
	case v.Own != nil:
		row("trustworthy", "the browser or the application decides")
	default:
		row("trustworthy", "no")
	}
	if v.Own != nil {
		fmt.Fprintln(out)
		printPageScheme(out, v.Own)
	}
}

// printPageScheme prints what browsers send for a page whose scheme is neither http nor
// https.
func printPageScheme(out *output, own *report.PageScheme) {
	fmt.Fprintln(out, "a page with this URL:")
	for _, b := range own.Browsers {
		fmt.Fprintf(out, "  %s\n", b.Browser)
		if b.Origin != "" {
			fmt.Fprintf(out, "    Origin: %s\n", report.Visible(b.Origin))
		}
		fmt.Fprintf(out, "    %s\n", b.CORS)
	}
	if own.Unknown != "" {
		fmt.Fprintf(out, "  not known: %s\n", own.Unknown)
	}
	for _, source := range own.Sources {
		fmt.Fprintf(out, "  source: %s\n", source)
	}
}

func printComparison(out *output, c *report.OriginComparison) {
	if c.SameOrigin {
		fmt.Fprintf(out, "%-12s %s\n", "same origin", out.paint(green, "yes"))
	} else {
		fmt.Fprintf(out, "%-12s %s: %s\n", "same origin", out.paint(red, "no"), c.Difference())
	}
	site := "no"
	switch {
	case c.SameSite:
		site = "yes"
	case c.SchemelessSameSite:
		site = "only without the scheme"
	}
	fmt.Fprintf(out, "%-12s %s\n", "same site", site)
}
