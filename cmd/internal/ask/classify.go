package ask

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// Classification says what kind of request CORS sees.
type Classification struct {
	report.Classification
	// Result is the call, made in a browser of the standard with a server that
	// allows everything.
	Result *browser.Result
}

// Classify says what kind of request CORS sees, without a server. It makes the call
// once, in a browser of the standard, with the web API that api names. A ws: or wss: URL
// is that of a WebSocket.
func Classify(ctx context.Context, c *Call, api ClassifyAPI) (*Classification, error) {
	if isSocketURL(c.url) {
		if api != ClassifyFetch || !isBare(&c.Init) {
			return nil, errSocketCall
		}
		api = classifyWebSocket
	}
	allowed := browser.WithTransport(fetch.TransportFunc(allowWhatIsAsked))
	page, err := browser.New(browser.Spec()).Open(c.page.String(), append(c.options[:len(c.options):len(c.options)], allowed)...)
	if err != nil {
		return nil, &FieldError{"from", err}
	}
	result, err := api.call(ctx, page, c.Init)
	if err != nil {
		return nil, err
	}
	out := &Classification{Result: result, Classification: report.Classification{
		Version: report.Version, Page: c.page.String(), Origin: c.Origin(), URL: c.url.String(),
		Failure: report.NewFailure(result.Failure), Causes: report.NewCauses(result.Trace.Classification.Causes),
	}}
	local, err := c.localNetworkPolicies(ctx, api)
	if err != nil {
		return nil, err
	}
	out.Policies = report.NewPolicies(append(explain.Policies(c.policyRequest(page.Origin())), local...))
	if result.Outcome != browser.Threw {
		out.Kind = result.Trace.Classification.Kind.String()
	}
	if report.IsBlocked(result) {
		out.Outcome = result.Outcome.String()
	}
	for i := range result.Trace.Exchanges {
		x := &result.Trace.Exchanges[i]
		req := report.NewRequest(&x.Request)
		if x.Kind == browser.ExchangePreflight {
			out.Preflight = &req
		} else {
			out.Request = &req
		}
	}
	return out, nil
}

// policyRequest returns the request as the policies of the page see it. The page has an
// origin.
func (c *Call) policyRequest(from origin.Origin) *fetch.Request {
	client := &fetch.Client{URL: c.page, Origin: from, TopLevelOrigin: from}
	client.PolicyContainer, _ = policy.Parse(c.page, c.PageHeader)
	req := &fetch.Request{
		URLList: []origin.URL{c.url}, Client: client, Origin: from, Mode: fetch.ModeCORS, ReferrerPolicy: c.Init.ReferrerPolicy,
	}
	switch {
	case isSocketURL(c.url):
		req.Mode = fetch.ModeWebSocket
	case c.Init.Mode == browser.InitModeNoCORS:
		req.Mode = fetch.ModeNoCORS
	}
	return req
}

// isSocketURL reports whether a URL has a scheme of WebSockets.
func isSocketURL(u origin.URL) bool { return u.Scheme() == "ws" || u.Scheme() == "wss" }

// isBare reports whether a call has nothing that a WebSocket does not have.
func isBare(init *browser.FetchInit) bool {
	return (init.Method == "" || init.Method == "GET") && len(init.Header) == 0 && (init.Mode == "" || init.Mode == browser.InitModeCORS) && init.Credentials == fetch.CredentialsSameOrigin && init.Body == nil
}

// ClassifyQuestion classifies a request as [Classify] does. The page may also have a
// scheme of its own, such as capacitor: then it is a page of another origin, and the
// classification says what browsers send.
func ClassifyQuestion(ctx context.Context, q CallQuestion, api ClassifyAPI) (*Classification, error) {
	page, err := origin.ParseURL(q.From)
	own, isOwn := explain.PageSchemeOf(page)
	isOwn = isOwn && err == nil
	stands := isOwn && !browser.IsPageURL(page) && !page.HasOpaquePath()
	if stands {
		if _, err := origin.ParseURL(q.Init.URL); err != nil {
			return nil, fmt.Errorf("%s is relative to a page of an application: write the whole URL", scenario.Quote(q.Init.URL))
		}
		q.From = browser.NullPage
	}
	c, err := NewCall(q)
	if err != nil {
		return nil, err
	}
	out, err := Classify(ctx, c, api)
	if err != nil || !isOwn {
		return out, err
	}
	out.Own = report.NewPageScheme(own)
	if stands {
		out.Page, out.Origin = page.String(), own.Browsers[0].Origin
		keepFor(out.Origin, out.Preflight)
		keepFor(out.Origin, out.Request)
	}
	return out, nil
}

// keepFor sets the origin of a request, if there is one, and removes the headers that
// depend on the browser.
func keepFor(from string, req *report.Request) {
	if req == nil {
		return
	}
	var kept [][2]string
	for _, h := range req.Headers {
		switch {
		case h[0] == fetch.HeaderOrigin:
			kept = append(kept, [2]string{h[0], from})
		case h[0] != "Referer" && !strings.HasPrefix(h[0], "Sec-Fetch-"):
			kept = append(kept, h)
		}
	}
	req.Headers = kept
}

// ClassifyAPI says which web API makes the request of [Classify].
type ClassifyAPI uint8

// The APIs.
const (
	// ClassifyFetch is fetch().
	ClassifyFetch ClassifyAPI = iota
	// ClassifyUploadListener is an XMLHttpRequest with a listener on its upload.
	ClassifyUploadListener
	// classifyWebSocket is new WebSocket().
	classifyWebSocket
)

// errSocketCall is the error for a call that WebSocket cannot make.
var errSocketCall = errors.New("a ws: or wss: URL is that of a WebSocket, for which script sets no method, header, mode, credentials or body")

// errNoXHR is the error for a call that XMLHttpRequest cannot make.
var errNoXHR = errors.New("only XMLHttpRequest has upload listeners; its mode is always cors, and it never omits credentials")

// call makes the request.
func (api ClassifyAPI) call(ctx context.Context, page *browser.Page, init browser.FetchInit) (*browser.Result, error) {
	switch api {
	case ClassifyFetch:
		return page.Fetch(ctx, init)
	case classifyWebSocket:
		return page.WebSocket(ctx, browser.SocketInit{URL: init.URL})
	}
	if init.Mode != "" && init.Mode != browser.InitModeCORS || init.Credentials == fetch.CredentialsOmit {
		return nil, errNoXHR
	}
	// Without a body there is no upload to listen to.
	return page.XHR(ctx, browser.XHRInit{
		URL: init.URL, Method: init.Method, Header: init.Header, Body: browser.Text("x"), UploadListener: true,
		WithCredentials: init.Credentials == fetch.CredentialsInclude,
	})
}

// allowWhatIsAsked allows every preflight and every page, so that the trace also shows
// the request after a preflight, and no response is blocked.
func allowWhatIsAsked(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if key, ok := req.Header.Get("Sec-WebSocket-Key"); ok {
		return &fetch.WireResponse{Status: 101, Header: fetch.HeaderList{
			{Name: "Upgrade", Value: "websocket"}, {Name: "Connection", Value: "Upgrade"}, {Name: "Sec-WebSocket-Accept", Value: fetch.SocketAccept(key)},
		}}, nil
	}
	resp := server.AllowPreflight(req)
	resp.Header.Append("Cross-Origin-Resource-Policy", "cross-origin")
	return resp, nil
}
