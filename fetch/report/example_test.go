package report_test

import (
	"context"
	"fmt"
	"os"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

// One result as JSON, as text and as a diagram.
func Example() {
	server := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		return nil, fetch.ErrNoAnswer
	})
	page, err := browser.New(browser.Chromium()).Open("https://myapp.com/", browser.WithTransport(server))
	if err != nil {
		panic(err)
	}
	res, err := page.Fetch(context.Background(), browser.FetchInit{URL: "https://api.example.com:25/users"})
	if err != nil {
		panic(err)
	}
	rep := &report.Report{
		Call: report.Call{Method: "GET", URL: "https://api.example.com/users", Page: "https://myapp.com/", Origin: "https://myapp.com"},
		Runs: []report.Run{{Profile: browser.Chromium(), Results: []*browser.Result{res}}},
	}
	fmt.Println(string(rep.AppendJSON(nil)))
	rep.WriteText(os.Stdout, report.Style{})
	rep.Story(&rep.Runs[0]).WriteMermaid(os.Stdout)
	// Output:
	// {"version":1,"method":"GET","url":"https://api.example.com/users","page":"https://myapp.com/","origin":"https://myapp.com","blocked":true,"engines":[{"engine":"chromium","results":[{"kind":"simple","outcome":"blocked","failure":{"reason":"bad-port","got":"https://api.example.com:25/users","step":"https://fetch.spec.whatwg.org/#concept-main-fetch","stepNumber":"7"},"explanation":["The port in \"https://api.example.com:25/users\" is reserved for another protocol, and browsers refuse to use it for HTTP.","decided by https://fetch.spec.whatwg.org/#concept-main-fetch step 7","sent: nothing was sent","likely: let the server listen on a port that is not reserved for another protocol, such as 8080"],"exchanges":[],"error":"TypeError: Failed to fetch"}]}]}
	// GET https://api.example.com/users from https://myapp.com
	//   chromium: blocked bad-port: "https://api.example.com:25/users"
	//
	// why:
	//   The port in "https://api.example.com:25/users" is reserved for another protocol, and browsers refuse to use it for HTTP.
	//   likely: let the server listen on a port that is not reserved for another protocol, such as 8080
	//   sent: nothing was sent
	//
	// what happened (chromium):
	//     simple: no preflight is needed
	//     nothing was sent
	//     = blocked bad-port: "https://api.example.com:25/users"
	//
	// what the browsers print:
	//   chromium, script: TypeError: Failed to fetch
	// sequenceDiagram
	//   participant P as page<br/>https://myapp.com
	//   participant B as browser<br/>chromium
	//   P->>B: fetch GET https://api.example.com/users
	//   Note over B: simple: no preflight is needed
	//   Note over B: bad-port:<br/>"https://api.example.com:25/users"
	//   B--xP: TypeError: Failed to fetch
}
