package nethttp_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/corsim/corsim/fetch/nethttp"
)

// An http.Client with the permissions of a page.
func ExampleNewRoundTripper() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("X-Total", "3")
		fmt.Fprint(w, "[]")
	})
	rt, err := nethttp.NewRoundTripper("https://myapp.com", nethttp.FromHandler(handler))
	if err != nil {
		fmt.Println(err)
		return
	}
	client := &http.Client{Transport: rt}

	resp, err := client.Get("https://api.example.com/users")
	if err != nil {
		fmt.Println(err)
		return
	}
	body, err := io.ReadAll(resp.Body)
	fmt.Println(string(body), err, resp.Header)

	_, err = client.Post("https://api.example.com/users", "application/json", strings.NewReader("{}"))
	if blocked, ok := errors.AsType[*nethttp.BlockedError](err); ok {
		fmt.Println(blocked.Failure.Reason, blocked.Failure.Got)
	}
	// Output:
	// [] <nil> map[Content-Length:[2] Content-Type:[text/plain; charset=utf-8]]
	// header-not-allowed content-type
}
