// Command wasmbudget asks every engine and explains the answers. It is never
// run: a test builds it as WebAssembly, to see that the engine with all that it
// explains is small enough for a page.
package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

func main() {
	server := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		return &fetch.WireResponse{Status: 200}, nil
	})
	for _, profile := range browser.Profiles() {
		page, err := browser.New(profile).Open("https://myapp.com/", browser.WithTransport(server))
		if err != nil {
			panic(err)
		}
		result, err := page.Fetch(context.Background(), browser.FetchInit{URL: "https://api.example.com/users", Method: "PUT"})
		if err != nil {
			panic(err)
		}
		lines := console.Print(result)
		fmt.Println(profile.Name(), strings.Join(explain.Why(result), "; "), lines, console.Recognize(strings.Join(lines, "\n")))
		fmt.Println(explain.Repairs(context.Background(), result))
	}
}
