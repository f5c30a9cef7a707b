package explain_test

import (
	"context"
	"fmt"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// A blocked request needs three answers: why it failed, what the browser
// prints, and the smallest change that helps.
func Example() {
	ctx := context.Background()
	transport := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		return &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "*"}}}, nil
	})
	page, err := browser.New(browser.Chromium()).Open("https://myapp.com/", browser.WithTransport(transport))
	if err != nil {
		fmt.Println(err)
		return
	}
	res, err := page.Fetch(ctx, browser.FetchInit{
		URL: "https://api.example.com/users", Credentials: fetch.CredentialsInclude,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	repair, err := explain.Repairs(ctx, res)
	if err != nil {
		fmt.Println(err)
		return
	}
	if e, ok := explain.Explain(res); ok {
		fmt.Println(e.Sentence)
	}
	fmt.Println(res.Failure)
	fmt.Println(repair)
	// Output:
	// The response to GET https://api.example.com/users allows every origin with "*", which does not cover requests with credentials; it would have to name "https://myapp.com", so the browser does not let the page read it.
	// allow-origin-wildcard-with-credentials, concept-cors-check 4, header "Access-Control-Allow-Origin", got "*", want "https://myapp.com"
	// on the response to GET https://api.example.com/users:
	//   set Access-Control-Allow-Origin: https://myapp.com
	//   set Access-Control-Allow-Credentials: true
	//   set Vary: Origin (for caches on the way)
}
