package browser_test

import (
	"context"
	"fmt"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// A page sends JSON with PUT to a server of another origin, with cookies.
// Because of both, the browser sends a preflight, and the server must name the
// page.
func Example() {
	if err := put(context.Background(), fetch.TransportFunc(users)); err != nil {
		fmt.Println(err)
	}
	// Output:
	// OPTIONS https://api.example.com/users: 204
	// PUT https://api.example.com/users: 200
	// shared: true, status 200, body "saved"
}

func put(ctx context.Context, transport fetch.Transport) error {
	b := browser.New(browser.Spec())
	page, err := b.Open("https://myapp.com/", browser.WithTransport(transport))
	if err != nil {
		return err
	}
	res, err := page.Fetch(ctx, browser.FetchInit{
		URL:         "https://api.example.com/users",
		Method:      "PUT",
		Header:      fetch.HeaderList{{Name: "Content-Type", Value: "application/json"}},
		Credentials: fetch.CredentialsInclude,
	})
	if err != nil {
		return err
	}
	for _, x := range res.Trace.Exchanges {
		fmt.Printf("%s %s: %d\n", x.Request.Method, x.Request.URL, x.Response.Status)
	}
	fmt.Printf("shared: %t, status %d, body %q\n", res.Outcome == browser.Shared, res.Response.Status, res.Response.Body)
	return nil
}

// users is a server that allows one page.
func users(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	header := fetch.HeaderList{
		{Name: "Access-Control-Allow-Origin", Value: "https://myapp.com"},
		{Name: "Access-Control-Allow-Credentials", Value: "true"},
		{Name: "Access-Control-Allow-Methods", Value: "PUT"},
		{Name: "Access-Control-Allow-Headers", Value: "Content-Type"},
	}
	if req.Method == "OPTIONS" {
		return &fetch.WireResponse{Status: 204, Header: header}, nil
	}
	return &fetch.WireResponse{Status: 200, Header: header, Body: "saved"}, nil
}

// With a listener on xhr.upload even a simple request needs a preflight. A
// server that does not handle OPTIONS refuses it.
func ExamplePage_XHR() {
	onlyPOST := func(_ context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
		status := 405
		if req.Method == "POST" {
			status = 200
		}
		header := fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "*"}}
		return &fetch.WireResponse{Status: status, Header: header}, nil
	}
	page, err := browser.New(browser.Spec()).Open("https://myapp.com/", browser.WithTransport(fetch.TransportFunc(onlyPOST)))
	if err != nil {
		fmt.Println(err)
		return
	}
	form := "a=1"
	for _, listener := range []bool{false, true} {
		res, err := page.XHR(context.Background(), browser.XHRInit{
			URL: "https://api.example.com/upload", Method: "POST", Body: browser.Text(form), UploadListener: listener,
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(res.Trace.Classification.Kind, len(res.Trace.Exchanges), "exchange")
		if f := res.Failure; f != nil {
			fmt.Println(f.Reason, f.Got, f.Step.URL(), f.Step.Number)
		}
	}
	// Output:
	// simple 1 exchange
	// preflighted 1 exchange
	// preflight-status 405 https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 7
}

// A page can show an image of another origin, but it cannot read the pixels,
// unless the page uses crossorigin and the server allows it.
func ExamplePage_Element() {
	image := func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		return &fetch.WireResponse{Status: 200, Body: "GIF89a"}, nil
	}
	page, err := browser.New(browser.Spec()).Open("https://myapp.com/", browser.WithTransport(fetch.TransportFunc(image)))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, state := range []browser.CrossOrigin{browser.CrossOriginNone, browser.CrossOriginAnonymous} {
		res, err := page.Element(context.Background(), browser.ElementInit{
			Tag: browser.TagImg, URL: "https://cdn.example.com/logo.gif", CrossOrigin: state,
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		if res.Outcome == browser.Opaque {
			fmt.Println("shown, but a canvas with it is tainted")
			continue
		}
		fmt.Println("not shown:", res.Failure.Reason)
	}
	// Output:
	// shown, but a canvas with it is tainted
	// not shown: allow-origin-missing
}
