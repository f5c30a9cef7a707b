package policy_test

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// parsed returns the policies of a page's response headers.
func parsed(page string, lines ...string) *fetch.CSPList {
	container, _ := policy.Parse(origin.MustParseURL(page), headers(lines...))
	return container.CSP
}

const enforced, reported = "Content-Security-Policy: ", "content-security-policy-report-only: "

func TestParseCSP(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  []string // the texts of the directives, "| " before those of another policy, "report: " before one that is reported
	}{
		"one":                {lines: []string{enforced + "img-src 'self'"}, want: []string{"img-src 'self'"}},
		"several-directives": {lines: []string{enforced + " img-src  a ;; font-src\tb; "}, want: []string{"img-src  a", "font-src\tb"}},
		"name-in-capitals":   {lines: []string{enforced + "IMG-SRC a"}, want: []string{"IMG-SRC a"}},
		"first-counts":       {lines: []string{enforced + "img-src a; Img-Src b"}, want: []string{"img-src a"}},
		"comma":              {lines: []string{enforced + "img-src a, font-src b"}, want: []string{"img-src a", "| font-src b"}},
		"lines":              {lines: []string{reported + "x", enforced + "y", enforced + "z"}, want: []string{"y", "| z", "| report: x"}},
		"empty":              {lines: []string{enforced + ";; ,", enforced}},
		"not-ascii":          {lines: []string{enforced + "img-src \xe9; font-src a"}, want: []string{"font-src a"}},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			if list := parsed("https://page.example/", c.lines...); list != nil {
				for i, p := range list.Policies {
					for j, d := range p.Directives {
						text := d.Text
						if p.ReportOnly {
							text = "report: " + text
						}
						if i > 0 && j == 0 {
							text = "| " + text
						}
						got = append(got, text)
					}
				}
			}
			assert.DeepEqual(t, got, c.want)
		})
	}
}

func TestCSPSources(t *testing.T) {
	for name, c := range map[string]struct {
		page    string // "" is https://page.example/
		sources string
		url     string
		after   string // the URL before a redirect
		blocks  bool
		check   policy.CSP
	}{
		"none":                    {sources: "'none'", url: "https://page.example/", blocks: true},
		"none-beside-others":      {sources: "'none' https:", url: "https://a.example/"},
		"empty":                   {url: "https://page.example/", blocks: true},
		"star":                    {sources: "*", url: "https://a.example:8443/"},
		"star-and-data":           {sources: "*", url: "data:,x", blocks: true},
		"data":                    {sources: "data:", url: "data:,x"},
		"self":                    {sources: "'self'", url: "https://page.example/x"},
		"self-in-capitals":        {sources: "'SELF'", url: "https://page.example/x"},
		"self-without-quotes":     {sources: "self", url: "https://page.example/x", blocks: true},
		"self-at-another-port":    {sources: "'self'", url: "https://page.example:8443/", blocks: true},
		"self-secure":             {page: "http://page.example/", sources: "'self'", url: "https://page.example/"},
		"self-insecure":           {sources: "'self'", url: "http://page.example/", blocks: true},
		"self-socket":             {sources: "'self'", url: "wss://page.example/"},
		"scheme":                  {sources: "https:", url: "https://a.example/"},
		"scheme-is-upgraded":      {sources: "http:", url: "https://a.example/"},
		"scheme-not-downgraded":   {sources: "https:", url: "http://a.example/", blocks: true},
		"socket-scheme":           {sources: "wss:", url: "https://a.example/"},
		"socket-scheme-alone":     {sources: "wss:", url: "https://a.example/", blocks: true, check: policy.CSP{SocketSchemesAreTheirOwn: true}},
		"socket-scheme-upgraded":  {sources: "ws:", url: "wss://a.example/", check: policy.CSP{SocketSchemesAreTheirOwn: true}},
		"host":                    {sources: "a.example", url: "https://a.example/x"},
		"host-insecure":           {sources: "a.example", url: "http://a.example/", blocks: true},
		"host-of-insecure-page":   {page: "http://page.example/", sources: "a.example", url: "http://a.example/"},
		"host-in-capitals":        {sources: "HTTPS://A.EXAMPLE", url: "https://a.example/"},
		"other-host":              {sources: "a.example", url: "https://b.example/", blocks: true},
		"subdomains":              {sources: "*.example", url: "https://a.b.example/"},
		"not-the-domain-itself":   {sources: "*.a.example", url: "https://a.example/", blocks: true},
		"every-host":              {sources: "https://*", url: "https://a.example/"},
		"port":                    {sources: "https://a.example:8443", url: "https://a.example:8443/"},
		"other-port":              {sources: "https://a.example", url: "https://a.example:8443/", blocks: true},
		"every-port":              {sources: "a.example:*", url: "https://a.example:8443/"},
		"default-port":            {sources: "https://a.example:443", url: "https://a.example/"},
		"port-of-http":            {sources: "http://a.example:80", url: "https://a.example/"},
		"bad-port":                {sources: "a.example:x", url: "https://a.example/", blocks: true},
		"file":                    {sources: "a.example/dir", url: "https://a.example/dir"},
		"not-a-file":              {sources: "a.example/dir", url: "https://a.example/dir/x", blocks: true},
		"folder":                  {sources: "a.example/dir/", url: "https://a.example/dir/x"},
		"not-the-folder-itself":   {sources: "a.example/dir/", url: "https://a.example/dir", blocks: true},
		"root":                    {sources: "a.example/", url: "https://a.example/x/y"},
		"path-decoded":            {sources: "a.example/%64ir", url: "https://a.example/d%69r"},
		"path-by-case":            {sources: "a.example/DIR", url: "https://a.example/dir", blocks: true},
		"query-ignored":           {sources: "a.example/dir?x=1", url: "https://a.example/dir?y"},
		"path-after-redirect":     {sources: "a.example/dir", url: "https://a.example/x", after: "https://a.example/dir"},
		"host-after-redirect":     {sources: "a.example/dir", url: "https://b.example/dir", after: "https://a.example/dir", blocks: true},
		"keyword":                 {sources: "'unsafe-inline' 'report-sample'", url: "https://a.example/", blocks: true},
		"nonsense":                {sources: "https//a.example ://a.example a..example -", url: "https://a.example/", blocks: true},
		"strict-dynamic-no-hosts": {sources: "'strict-dynamic' https://a.example", url: "https://a.example/"}, // not about connect-src
	} {
		t.Run(name, func(t *testing.T) {
			page := c.page
			if page == "" {
				page = "https://page.example/"
			}
			urls := []string{c.url}
			if c.after != "" {
				urls = []string{c.after, c.url}
			}
			req := requestFrom(page, fetch.DestinationNone, urls...)
			req.Client.PolicyContainer.CSP = parsed(page, enforced+"connect-src "+c.sources)
			got := c.check.CheckRequest(nil, req, policy.CSPEnforced)
			assert.Equal(t, len(got) > 0, c.blocks)
			for _, v := range got {
				assert.Equal(t, v.Effective, "connect-src")
				assert.Equal(t, v.Redirected, c.after != "")
			}
		})
	}
}

// The sources of a document are parsed when it is opened, not at each check. A directive
// that somebody made without them says the same.
func TestSourcesAreParsedOnce(t *testing.T) {
	const page = "https://page.example/"
	sources := "connect-src 'self' HTTPS://A.EXAMPLE:*/dir/?x *.b.example wss: a..example"
	list := parsed(page, enforced+sources)
	assert.DeepEqual(t, list.Policies[0].Directives[0].Sources, []fetch.CSPSource{
		{}, {Scheme: "https", Host: "a.example", Port: "*", Path: "/dir/"}, {Host: "*.b.example"}, {Scheme: "wss"}, {},
	})
	req := requestFrom(page, fetch.DestinationNone, "https://x.b.example/")
	req.Client.PolicyContainer.CSP = list
	check := new(policy.CSP)
	allowed := func() bool { return len(check.CheckRequest(nil, req, policy.CSPEnforced)) == 0 }
	assert.Equal(t, testing.AllocsPerRun(10, func() { assert.Assert(t, allowed()) }), 0.0)

	list.Policies[0].Directives[0].Sources = nil
	assert.Assert(t, allowed())
}

func TestCSPDirectives(t *testing.T) {
	for name, c := range map[string]struct {
		lines       []string
		destination fetch.Destination
		want        []string // "effective/directive" of each violation
	}{
		"image":             {lines: []string{enforced + "img-src 'none'; default-src *"}, destination: "image", want: []string{"img-src/img-src"}},
		"fallback":          {lines: []string{enforced + "default-src 'none'"}, destination: "image", want: []string{"img-src/default-src"}},
		"own-comes-first":   {lines: []string{enforced + "default-src 'none'; img-src *"}, destination: "image"},
		"script":            {lines: []string{enforced + "script-src 'none'; default-src *"}, destination: "script", want: []string{"script-src-elem/script-src"}},
		"script-elements":   {lines: []string{enforced + "script-src 'none'; script-src-elem *"}, destination: "script"},
		"worker":            {lines: []string{enforced + "script-src 'none'"}, destination: "worker", want: []string{"worker-src/script-src"}},
		"worker-by-child":   {lines: []string{enforced + "script-src *; child-src 'none'"}, destination: "worker", want: []string{"worker-src/child-src"}},
		"worker-elements":   {lines: []string{enforced + "script-src-elem 'none'"}, destination: "worker"},
		"frame":             {lines: []string{enforced + "child-src 'none'"}, destination: "iframe", want: []string{"frame-src/child-src"}},
		"connect":           {lines: []string{enforced + "img-src 'none'"}, destination: ""},
		"strict-dynamic":    {lines: []string{enforced + "script-src 'strict-dynamic' 'nonce-x'"}, destination: "script"},
		"two":               {lines: []string{enforced + "img-src *", enforced + "img-src 'none'"}, destination: "image", want: []string{"img-src/img-src"}},
		"only-reported":     {lines: []string{reported + "img-src 'none'"}, destination: "image", want: []string{"img-src/img-src (report)"}},
		"order-of-the-list": {lines: []string{reported + "img-src 'none'", enforced + "default-src 'none'"}, destination: "image", want: []string{"img-src/default-src", "img-src/img-src (report)"}},
	} {
		t.Run(name, func(t *testing.T) {
			req := requestFrom("https://page.example/", c.destination, "https://cdn.example/")
			req.Client.PolicyContainer.CSP = parsed("https://page.example/", c.lines...)
			var got []string
			for _, v := range new(policy.CSP).CheckRequest(nil, req, policy.CSPAll) {
				text := v.Effective + "/" + v.Directive.Name
				if v.ReportOnly {
					text += " (report)"
				}
				got = append(got, text)
			}
			assert.DeepEqual(t, got, c.want)
		})
	}
}

func TestFormsAndFrames(t *testing.T) {
	client := requestFrom("https://page.example/", "", "https://page.example/").Client
	client.PolicyContainer.CSP = parsed("https://page.example/", enforced+"form-action 'self'; default-src *")
	check := new(policy.CSP)
	assert.Equal(t, len(check.CheckFormAction(client, origin.MustParseURL("https://page.example/login"), false, policy.CSPAll)), 0)
	assert.Assert(t, policy.IsEnforced(check.CheckFormAction(client, origin.MustParseURL("https://other.example/"), false, policy.CSPAll)))

	for name, c := range map[string]struct {
		lines     []string
		ancestors []string
		blocks    bool
	}{
		"no-directive":  {lines: []string{enforced + "default-src 'none'"}, ancestors: []string{"https://a.example"}},
		"listed":        {lines: []string{enforced + "frame-ancestors https://a.example"}, ancestors: []string{"https://a.example"}},
		"every-one":     {lines: []string{enforced + "frame-ancestors https://a.example"}, ancestors: []string{"https://a.example", "https://b.example"}, blocks: true},
		"own":           {lines: []string{enforced + "frame-ancestors 'self'"}, ancestors: []string{"https://frame.example"}},
		"empty":         {lines: []string{enforced + "frame-ancestors"}, ancestors: []string{"https://frame.example"}, blocks: true},
		"two-policies":  {lines: []string{enforced + "frame-ancestors *", enforced + "frame-ancestors 'none'"}, ancestors: []string{"https://a.example"}, blocks: true},
		"only-reported": {lines: []string{reported + "frame-ancestors 'none'"}, ancestors: []string{"https://a.example"}},
		"opaque":        {lines: []string{enforced + "frame-ancestors *"}, ancestors: []string{"null"}, blocks: true},
	} {
		t.Run(name, func(t *testing.T) {
			var ancestors []origin.Origin
			for _, a := range c.ancestors {
				if a == "null" {
					ancestors = append(ancestors, origin.NewOpaque())
					continue
				}
				ancestors = append(ancestors, origin.MustParseURL(a).Origin())
			}
			got := check.CheckFrameAncestors(parsed("https://frame.example/", c.lines...), ancestors)
			assert.Equal(t, policy.IsEnforced(got), c.blocks)
		})
	}
}

func TestSandboxOf(t *testing.T) {
	words, sandboxed := policy.SandboxOf(parsed("https://page.example/", enforced+"sandbox Allow-Scripts allow-forms", enforced+"sandbox allow-scripts"))
	assert.Assert(t, sandboxed)
	assert.DeepEqual(t, words, []string{"allow-scripts"})
	_, sandboxed = policy.SandboxOf(parsed("https://page.example/", reported+"sandbox"))
	assert.Assert(t, !sandboxed)
}

// FuzzCSP checks of any header value that each policy has directives with lower-case
// names, each once; that a second equal policy blocks nothing more; and that no policy
// allows what 'none' in its place forbids.
func FuzzCSP(f *testing.F) {
	for _, seed := range []string{
		"default-src 'self'; connect-src https://*.example:* 'none'", "img-src", ";,;", "script-src 'strict-dynamic' 'nonce-x' http:", "connect-src a/%zz?#", "x\tY Z",
	} {
		f.Add(seed, "https://a.example:8443/dir/x?y")
	}
	f.Fuzz(func(t *testing.T, value, target string) {
		u, err := origin.ParseURL(target)
		if err != nil {
			return
		}
		const page = "https://page.example/"
		list := parsed(page, enforced+value)
		if list == nil {
			return
		}
		for i := range list.Policies {
			var names []string
			for _, d := range list.Policies[i].Directives {
				assert.Equal(t, d.Name, fetch.ByteLowercase(d.Name))
				assert.Assert(t, !slices.Contains(names, d.Name) && !strings.ContainsAny(d.Name, " \t,;"))
				names = append(names, d.Name)
			}
		}
		req := requestFrom(page, fetch.DestinationNone, page)
		req.URLList[0] = u
		blocks := func(list *fetch.CSPList) bool {
			req.Client.PolicyContainer.CSP = list
			return policy.IsEnforced(new(policy.CSP).CheckRequest(nil, req, policy.CSPAll))
		}
		once := blocks(list)
		assert.Equal(t, once, blocks(&fetch.CSPList{Policies: append(list.Policies, list.Policies...), SelfOrigin: list.SelfOrigin}))
		assert.Assert(t, blocks(parsed(page, enforced+value, enforced+"connect-src 'none'")))
	})
}
