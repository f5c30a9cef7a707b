package explain_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

const acac = "Access-Control-Allow-Credentials: "

// do is a call that a page makes.
type do func(context.Context, *browser.Page) (*browser.Result, error)

// fetching returns a call of fetch().
func fetching(init browser.FetchInit) do {
	return func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.Fetch(ctx, init)
	}
}

// loading returns the load of a URL by an element.
func loading(tag browser.Tag, url string) do {
	return func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.Element(ctx, browser.ElementInit{Tag: tag, URL: url})
	}
}

// connecting makes a WebSocket that offers a subprotocol.
func connecting(ctx context.Context, p *browser.Page) (*browser.Result, error) {
	return p.WebSocket(ctx, browser.SocketInit{URL: users, Protocols: []string{"chat"}})
}

// framing is the load of a document into a frame, and submitting a form that is sent
// into one.
func framing(ctx context.Context, p *browser.Page) (*browser.Result, error) {
	return p.Frame(ctx, browser.FrameInit{URL: users})
}

func submitting(ctx context.Context, p *browser.Page) (*browser.Result, error) {
	return p.Submit(ctx, browser.FormInit{URL: users, Method: "post"})
}

// errUnknown is an error of a connection that says nothing.
var errUnknown = errors.New("it failed")

// fault returns the error of a connection that failed.
func fault(f fetch.ConnectionFault) error { return &fetch.ConnectionError{Fault: f, Err: errUnknown} }

// failing returns a server whose connections fail with an error, or the server itself
// without one.
func (s server) failing(err error) fetch.Transport {
	if err == nil {
		return s
	}
	return fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) { return nil, err })
}

// page is a response with a body.
func page(status int, contentType, body string, lines ...string) fetch.WireResponse {
	out := answer(status, append(lines, "Content-Type: "+contentType)...)
	out.Body = body
	return out
}

// asked returns the options of a browser in which the page is public and the server
// local, with the user's answer.
func asked(answer policy.PermissionState) []browser.Option {
	return []browser.Option{
		browser.WithAddresses(policy.Addresses{"myapp.com": origin.MustParseAddress("203.0.113.5"), "api.example.com": origin.MustParseAddress("10.0.0.5")}),
		browser.WithPermissions(policy.Permissions{LocalNetwork: answer}),
	}
}

// policyOf returns the options of a page with a content security policy.
func policyOf(value string) []browser.PageOption {
	return []browser.PageOption{browser.WithHeaders(fetch.HeaderList{{Name: policy.HeaderCSP, Value: value}})}
}

// TestCauses has an exchange for each cause. The cause is the likeliest one,
// unless the row names another one that comes first.
func TestCauses(t *testing.T) {
	const get, options = "GET " + users, "OPTIONS " + users
	allowed := func(status int, lines ...string) fetch.WireResponse {
		return answer(status, append(lines, acao+myapp, "Vary: Origin")...)
	}
	redirect := func(from, to string, lines ...string) server {
		return server{"GET " + from: answer(302, append(lines, "Location: "+to)...)}
	}
	deleting := browser.FetchInit{URL: users, Method: "DELETE"}
	patching := browser.FetchInit{URL: users, Method: "patch"}
	withHeader := func(name string) browser.FetchInit {
		return browser.FetchInit{URL: users, Header: fetch.HeaderList{{Name: name, Value: "application/json"}}}
	}
	rows := map[explain.CauseCode]struct {
		server  server
		do      do // the default is a fetch of users
		page    string
		profile *browser.Profile // the default is the standard's
		options []browser.PageOption
		browser []browser.Option
		after   explain.CauseCode
		err     error // of the connection, instead of the server
	}{
		explain.CauseNotConfigured:   {server: server{get: answer(200)}},
		explain.CauseOriginNotListed: {server: server{get: answer(200, "Vary: Origin")}},
		explain.CauseRequestNotListed: {
			server: server{options: answer(204, "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers")}, do: fetching(deleting),
			after: explain.CauseOriginNotListed,
		},
		explain.CauseErrorPage:         {server: server{get: answer(500)}},
		explain.CauseNotFound:          {server: server{get: answer(404)}},
		explain.CauseAuthentication:    {server: server{get: answer(401)}},
		explain.CauseGateway:           {server: server{get: answer(502)}},
		explain.CauseRateLimit:         {server: server{get: answer(429)}},
		explain.CauseBodyLimit:         {server: server{get: answer(413)}},
		explain.CauseLineLimit:         {server: server{get: answer(431)}},
		explain.CauseHTMLPage:          {server: server{get: answer(200, "Content-Type: text/html")}},
		explain.CauseCachedWithout:     {server: server{get: answer(200, "Age: 31")}},
		explain.CausePreflightOnly:     {server: server{options: allowed(204, "Access-Control-Allow-Methods: DELETE"), "DELETE " + users: answer(200)}, do: fetching(deleting)},
		explain.CausePreflightAuth:     {server: server{options: answer(401)}, do: fetching(deleting)},
		explain.CauseOptionsNotHandled: {server: server{options: answer(405)}, do: fetching(deleting)},
		explain.CauseOptionsDefault:    {server: server{options: answer(200, "Allow: GET, DELETE")}, do: fetching(deleting)},
		explain.CauseRouteUnknown:      {server: server{options: allowed(404)}, do: fetching(deleting), after: explain.CauseOptionsNotHandled},
		explain.CauseLostOptions:       {do: fetching(deleting)},

		explain.CauseLoginRedirect: {server: redirect(users, "https://sso.example.com/")},
		explain.CauseHTTPSRedirect: {page: "http://myapp.com/", do: fetching(browser.FetchInit{URL: "http://api.example.com/"}), server: redirect("http://api.example.com/", "https://api.example.com/")},
		explain.CauseSlashRedirect: {server: redirect(users, users+"/")},
		explain.CauseHostRedirect:  {server: redirect(users, "https://www.api.example.com/users")},
		explain.CauseRedirect:      {server: redirect(users, "https://other.net/")},
		explain.CauseAfterRedirect: {server: server{
			get: answer(302, acao+"*", "Location: https://api.example.com/v2/users"), "GET https://api.example.com/v2/users": answer(200),
		}},
		explain.CauseCircle:          {server: redirect(users, "/users", acao+"*")},
		explain.CauseAppLink:         {server: redirect(users, "myapp:done", acao+"*")},
		explain.CauseProxyForgetsTLS: {server: redirect(users, "http://api.example.com/", acao+"*")},

		explain.CauseTrailingSlash:  {server: server{get: answer(200, acao+myapp+"/")}},
		explain.CausePathInOrigin:   {server: server{get: answer(200, acao+myapp+"/app")}},
		explain.CauseSpelling:       {server: server{get: answer(200, acao+"https://MYAPP.com:443")}},
		explain.CauseScheme:         {server: server{get: answer(200, acao+"http://myapp.com")}},
		explain.CausePortDiffers:    {server: server{get: answer(200, acao+myapp+":8443")}},
		explain.CauseWWW:            {server: server{get: answer(200, acao+"https://www.myapp.com")}},
		explain.CauseLoopback:       {page: "http://localhost:3000/", server: server{get: answer(200, acao+"http://127.0.0.1:3000")}},
		explain.CauseSubdomain:      {server: server{get: answer(200, acao+"https://admin.myapp.com")}},
		explain.CauseOwnOrigin:      {server: server{get: answer(200, acao+"https://api.example.com")}},
		explain.CauseCachedForOther: {server: server{get: answer(200, acao+"https://otherapp.com")}},
		explain.CauseConstant:       {server: server{get: answer(200, acao+"https://otherapp.com", "Vary: Origin")}},
		explain.CauseNullOrigin:     {server: server{get: answer(200, acao+myapp)}, options: []browser.PageOption{browser.WithSandbox()}},
		explain.CauseNullAllowed:    {server: server{get: answer(200, acao+"null")}},

		explain.CauseTwoWriters:     {server: server{get: answer(200, acao+myapp, acao+myapp)}},
		explain.CauseListInOneValue: {server: server{get: answer(200, acao+myapp+", https://otherapp.com")}},
		explain.CausePattern:        {server: server{get: answer(200, acao+"https://*.myapp.com")}},
		explain.CauseEmptyValue:     {server: server{get: answer(200, acao)}},
		explain.CauseNoScheme:       {server: server{get: answer(200, acao+"myapp.com")}},
		explain.CauseQuotedValue:    {server: server{get: answer(200, acao+`"https://myapp.com"`)}},

		explain.CauseWildcard:            {server: server{get: answer(200, acao+"*")}, do: fetching(withCookies)},
		explain.CauseCredentialsOff:      {server: server{get: answer(200, acao+myapp)}, do: fetching(withCookies)},
		explain.CauseCredentialsUnneeded: {server: server{get: answer(200, acao+myapp)}, do: fetching(withCookies), after: explain.CauseCredentialsOff},
		explain.CauseCapitalTrue:         {server: server{get: answer(200, acao+myapp, acac+"True")}, do: fetching(withCookies)},
		explain.CauseOtherWord:           {server: server{get: answer(200, acao+myapp, acac+"1")}, do: fetching(withCookies)},

		explain.CauseLowerCaseMethod: {server: server{options: allowed(204, "Access-Control-Allow-Methods: PATCH")}, do: fetching(patching)},
		explain.CauseNoList:          {server: server{options: allowed(204)}, do: fetching(withHeader("X-Token"))},
		explain.CauseNotListed:       {server: server{options: allowed(204, "Access-Control-Allow-Methods: PUT")}, do: fetching(deleting)},
		explain.CauseAuthorization:   {server: server{options: allowed(204, "Access-Control-Allow-Headers: *")}, do: fetching(withHeader("Authorization"))},
		explain.CauseJSON:            {server: server{options: allowed(204, "Access-Control-Allow-Headers: X-Token")}, do: fetching(withHeader("Content-Type"))},
		explain.CauseLibraryHeader:   {server: server{options: allowed(204, "Access-Control-Allow-Headers: X-Token")}, do: fetching(withHeader("X-Requested-With"))},
		explain.CauseAnswersHeader:   {server: server{options: allowed(204, "Access-Control-Allow-Headers: X-Token")}, do: fetching(withHeader("X-Frame-Options"))},
		explain.CauseOptionAsHeader:  {server: server{options: allowed(204, "Access-Control-Allow-Headers: X-Token")}, do: fetching(withHeader("withCredentials"))},
		explain.CauseListSyntax:      {server: server{options: allowed(204, "Access-Control-Allow-Headers: X-Token; Content-Type")}, do: fetching(withHeader("X-Token"))},

		explain.CauseCORP: {
			server: server{get: answer(200, "Cross-Origin-Resource-Policy: same-origin")}, do: loading(browser.TagImg, users),
		},
		explain.CauseEmbedderPolicy: {
			server: server{get: answer(200)}, do: loading(browser.TagImg, users),
			options: []browser.PageOption{browser.WithHeaders(fetch.HeaderList{{Name: "Cross-Origin-Embedder-Policy", Value: "require-corp"}})},
		},
		explain.CauseTurnedAway: {server: server{get: answer(403)}, do: loading(browser.TagScript, users)},
		explain.CauseData: {
			server: server{get: answer(200, "Content-Type: application/json", "X-Content-Type-Options: nosniff")}, do: loading(browser.TagImg, users),
			profile: browser.Chromium(),
		},
		explain.CauseMissingType: {server: server{get: answer(200, "Content-Type: text/plain", "X-Content-Type-Options: nosniff")}, do: loading(browser.TagScript, users)},
		explain.CauseServerCode:  {server: server{get: answer(99)}},

		explain.CausePage:            {do: fetching(browser.FetchInit{URL: users, Mode: browser.InitModeSameOrigin})},
		explain.CauseNoCORSMode:      {do: fetching(browser.FetchInit{URL: users, Method: "PUT", Mode: browser.InitModeNoCORS})},
		explain.CauseTrustedHTTPPage: {page: "http://localhost:3000/", do: fetching(browser.FetchInit{URL: "http://api.example.com/users"})},
		explain.CauseHTTPURL:         {do: fetching(browser.FetchInit{URL: "http://api.example.com/users"})},
		explain.CauseURL:             {do: fetching(browser.FetchInit{URL: "https://undefined:port/"})},
		explain.CauseUserInfo:        {do: fetching(browser.FetchInit{URL: "https://user:password@api.example.com/"})},
		explain.CausePort:            {do: fetching(browser.FetchInit{URL: "https://api.example.com:6000/"})},
		explain.CauseBlobGone:        {do: fetching(browser.FetchInit{URL: "blob:https://myapp.com/1"})},
		explain.CauseFileURL:         {do: fetching(browser.FetchInit{URL: "file:///data.json"})},
		explain.CauseNoHTTP:          {page: "http://localhost:3000/", do: fetching(browser.FetchInit{URL: "localhost:8080/users"})},
		explain.CauseServiceWorker: {do: func(context.Context, *browser.Page) (*browser.Result, error) {
			// These pages have no service workers.
			return &browser.Result{Client: &fetch.Client{}, Failure: &fetch.Failure{Reason: fetch.ReasonUnexpectedPartialContent, Got: users}}, nil
		}},
		explain.CauseServiceWorkerFetch: {
			options: []browser.PageOption{servedBy(browser.ServiceWorkerRule{Do: browser.ServiceWorkerFails})}, do: fetching(browser.FetchInit{URL: users}),
		},
		explain.CauseServiceWorkerMode: {
			server: server{get: allowed(200)},
			options: []browser.PageOption{servedBy(browser.ServiceWorkerRule{
				Do: browser.ServiceWorkerFetches, Init: browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS},
			})}, do: fetching(browser.FetchInit{URL: users}),
		},
		explain.CauseDown:      {err: errUnknown},
		explain.CauseTLS:       {after: explain.CauseDown, err: errUnknown},
		explain.CauseExtension: {after: explain.CauseTLS, err: errUnknown},

		explain.CauseAskUser:        {browser: asked(policy.PermissionDenied)},
		explain.CauseAskWithFetch:   {browser: asked(policy.PermissionPrompt)},
		explain.CauseInsecurePage:   {page: "http://myapp.com/", browser: asked(policy.PermissionGranted)},
		explain.CauseSameNetwork:    {browser: asked(policy.PermissionDenied), after: explain.CauseAskUser},
		explain.CauseFrame:          {browser: asked(policy.PermissionDenied), after: explain.CauseSameNetwork},
		explain.CausePrivateAddress: {browser: asked(policy.PermissionDenied), after: explain.CauseFrame},
		explain.CauseManaged:        {browser: asked(policy.PermissionDenied), after: explain.CausePrivateAddress},
		explain.CauseTargetSpace: {
			browser: []browser.Option{browser.WithAddresses(policy.Addresses{"api.example.com": origin.MustParseAddress("203.0.113.5")})},
			do:      fetching(browser.FetchInit{URL: users, TargetAddressSpace: "local"}),
		},

		explain.CausePolicyDirective: {options: policyOf("connect-src 'self'")},
		explain.CausePolicySource:    {options: policyOf("connect-src http://api.example.com:8080"), after: explain.CausePolicyDirective},
		explain.CausePolicyOther:     {options: policyOf("connect-src *, connect-src 'self'"), after: explain.CausePolicySource},
		explain.CausePolicyRedirect: {
			options: policyOf("connect-src https://api.example.com"),
			server:  server{get: allowed(302, "Location: https://eu.example.com/users")},
		},
		explain.CauseOtherFile: {
			server: server{get: answer(200, acao+"*")}, do: fetching(browser.FetchInit{URL: users, Integrity: "sha256-AAAA"}),
		},
		explain.CauseIntegrityNeedsCORS: {
			server: server{get: answer(200)}, do: fetching(browser.FetchInit{URL: users, Mode: browser.InitModeNoCORS, Integrity: "sha256-AAAA"}),
		},
		explain.CauseFrameOptions: {do: framing, server: server{get: page(200, "text/html", "", "X-Frame-Options: DENY")}},
		explain.CauseFrameEmbedder: {do: framing, options: []browser.PageOption{browser.WithHeaders(fetch.HeaderList{{Name: policy.HeaderEmbedderPolicy, Value: "require-corp"}})},
			server: server{get: page(200, "text/html", "", "Cross-Origin-Resource-Policy: cross-origin")}},
		explain.CauseFrameAncestors: {do: framing, server: server{get: page(200, "text/html", "", "Content-Security-Policy: frame-ancestors 'none'")}},
		explain.CauseFormAction:     {do: submitting, options: []browser.PageOption{browser.WithHeaders(fetch.HeaderList{{Name: policy.HeaderCSP, Value: "form-action 'self'"}})}},
		explain.CauseFormSandbox:    {do: submitting, options: []browser.PageOption{browser.WithSandbox()}},

		explain.CauseSocketOrigin:      {do: connecting, server: server{"GET wss://api.example.com/users": answer(403)}},
		explain.CauseSocketLogin:       {do: connecting, server: server{"GET wss://api.example.com/users": answer(401)}},
		explain.CauseSocketProxy:       {do: connecting, server: server{"GET wss://api.example.com/users": answer(502)}},
		explain.CauseSocketURL:         {do: connecting, server: server{"GET wss://api.example.com/users": answer(301, "Location: /socket/")}},
		explain.CauseSocketSubprotocol: {do: connecting, server: server{"GET wss://api.example.com/users": answer(101, "Upgrade: websocket", "Connection: Upgrade")}},

		explain.CauseRefused:         {err: fault(fetch.FaultRefused)},
		explain.CauseUnknownName:     {err: fault(fetch.FaultName)},
		explain.CauseUnreachable:     {err: fault(fetch.FaultUnreachable)},
		explain.CauseSlow:            {err: fault(fetch.FaultTimeout)},
		explain.CauseClosed:          {err: fetch.ErrNoAnswer},
		explain.CauseExpired:         {err: fault(fetch.FaultExpired)},
		explain.CauseNotYetValid:     {err: fault(fetch.FaultNotYetValid)},
		explain.CauseSelfSigned:      {err: fault(fetch.FaultSelfSigned)},
		explain.CauseAuthority:       {err: fault(fetch.FaultAuthority)},
		explain.CauseCertificateName: {err: fault(fetch.FaultHostName)},
		explain.CauseTLSVersion:      {err: fault(fetch.FaultTLSVersion)},
		explain.CauseNotTLS:          {err: fault(fetch.FaultNotTLS)},

		explain.CauseRefusedByCode:       {server: server{get: page(500, "text/html", "<pre>Error: Not allowed by CORS<br> &nbsp; &nbsp;at origin (/srv/app.js:5:10)</pre>")}},
		explain.CauseHTTPSPort:           {server: server{get: page(400, "text/html", "<center>The plain HTTP request was sent to HTTPS port</center>")}},
		explain.CauseOutputBeforeHeaders: {server: server{get: page(200, "text/html; charset=UTF-8", "\n{\"users\":[]}")}},
		explain.CauseHostRefused:         {server: server{get: page(403, "text/plain", "Blocked request. This host (\"api.example.com\") is not allowed.")}},
		explain.CauseCSRF:                {server: server{get: page(403, "text/html", "<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>")}},
		explain.CauseBotWall:             {server: server{get: page(403, "text/html", "<title>Just a moment...</title>", "Cf-Mitigated: challenge")}},
		explain.CauseNoSuchRoute:         {server: server{get: page(403, "application/json", `{"message":"Missing Authentication Token"}`)}},
		explain.CauseRewriteStatus:       {server: server{options: page(200, "text/html", "<title>200 OK</title><h1>OK</h1>")}, do: fetching(deleting)},
		explain.CauseNginxIf:             {server: server{options: answer(204, "Server: nginx", "Access-Control-Max-Age: 600")}, do: fetching(deleting)},
		explain.CauseEmptyPreflight:      {server: server{options: answer(200)}, do: fetching(deleting)},
	}
	for code, c := range rows {
		t.Run(string(code), func(t *testing.T) {
			if c.page == "" {
				c.page = myapp + "/"
			}
			if c.do == nil {
				c.do = fetching(simple)
			}
			if c.profile == nil {
				c.profile = browser.Spec()
			}
			page, err := browser.New(c.profile, c.browser...).Open(c.page, append(c.options, browser.WithTransport(c.server.failing(c.err)))...)
			assert.NilError(t, err)
			r, err := c.do(t.Context(), page)
			assert.NilError(t, err)
			e, ok := explain.Explain(r)
			assert.Assert(t, ok)
			at := slices.IndexFunc(e.Causes, func(cause explain.Cause) bool { return cause.Code == code })
			before := slices.IndexFunc(e.Causes, func(cause explain.Cause) bool { return cause.Code == c.after })
			assert.Check(t, at >= 0 && at == before+1, "%v: %s", r.Failure, e.Causes)
		})
	}
	for _, reason := range fetch.Reasons() {
		for _, cause := range explain.ExplainReason(reason).Causes {
			_, ok := rows[cause.Code]
			assert.Check(t, ok, "%s of %s has no row", cause.Code, reason)
		}
	}
}

// servedBy lets a service worker with one rule control the page.
func servedBy(rule browser.ServiceWorkerRule) browser.PageOption {
	return browser.WithServiceWorker(&browser.ServiceWorker{URL: "/sw.js", Rules: []browser.ServiceWorkerRule{rule}})
}
