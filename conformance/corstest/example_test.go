package corstest_test

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/gorilla/handlers"
	"github.com/rs/cors"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
)

// printer stands in for a *testing.T, which examples do not have.
type printer struct{}

func (printer) Helper() {}

func (printer) Context() context.Context { return context.Background() }

func (printer) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func (printer) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// Run runs a subtest.
func (p printer) Run(name string, f func(printer)) bool {
	fmt.Println("rule", name)
	f(p)
	return true
}

// printDiagnosis prints the most important parts of an error: the reason and the
// repair.
func printDiagnosis(res *corstest.Result) {
	e := res.In("chromium")
	fmt.Println(e.Failure.Reason)
	repair, err := res.Repair(context.Background())
	if err != nil {
		fmt.Println(err)
	}
	for _, line := range repair.Lines() {
		fmt.Println(line)
	}
}

// A correct server allows the intended origins, sends the headers with every
// response, and responds to preflights.
func Example() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Origin")
		if r.Header.Get("Origin") == "https://myapp.com" {
			w.Header().Set("Access-Control-Allow-Origin", "https://myapp.com")
			w.Header().Set("Access-Control-Allow-Credentials", "true")
		}
		if r.Method == http.MethodOptions {
			w.Header().Set("Access-Control-Allow-Methods", "PUT")
			w.Header().Set("Access-Control-Allow-Headers", "Content-Type")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		fmt.Fprint(w, "{}")
	})
	var t printer // in a test, its *testing.T

	api := corstest.New(t, handler)
	page := api.From("https://myapp.com")
	corstest.Check(t, page.GET("/users", corstest.WithCredentials()), corstest.Shared(), corstest.NotPreflighted())
	corstest.Check(t, page.PUT("/users", corstest.JSON(`{}`), corstest.WithCredentials()),
		corstest.Shared(), corstest.Preflighted("PUT", "content-type"))
	corstest.Check(t, page.PUT("/users", corstest.JSON(`{}`), corstest.WithCredentials()), corstest.PreflightCached())
	corstest.Check(t, api.From("https://evil.com").GET("/users"), corstest.Blocked(fetch.ReasonAllowOriginMissing))
	fmt.Println(len(api.Audit("/users", "https://myapp.com")), "findings")
	// Output:
	// 0 findings
}

// A server without CORS headers. The error of an unmet expectation shows the reason
// and the repair.
func Example_failure() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "[]") })
	var t printer

	api := corstest.New(t, handler, corstest.WithEngines(corstest.Browsers()[0]))
	err := api.From("https://myapp.com").GET("/users").Expect(corstest.Shared())
	header := regexp.MustCompile(`^      [A-Z][A-Za-z-]+: `)
	for line := range strings.Lines(err.Error()) {
		// This example does not print the headers.
		if !header.MatchString(line) {
			fmt.Print(line)
		}
	}
	// Output:
	// GET https://api.example.com/users from https://myapp.com: expected shared, got blocked allow-origin-missing: no Access-Control-Allow-Origin header
	//   expected: shared
	//     chromium: blocked allow-origin-missing: no Access-Control-Allow-Origin header
	//
	// what happened (chromium):
	//     simple: no preflight is needed
	//     > GET https://api.example.com/users
	//     < 200
	//       (2 bytes) "[]"
	//     ! allow-origin-missing: no Access-Control-Allow-Origin header
	//     = blocked
	//       The response to GET https://api.example.com/users has no Access-Control-Allow-Origin header, so the browser does not let the page read it.
	//       decided by https://fetch.spec.whatwg.org/#concept-cors-check step 2
	//       sent: the request reached the server, which may have acted on it; only the response is hidden from the page
	//       likely: the server sends no CORS headers for this URL: CORS has to be configured for it
	//
	// what the browsers print:
	//   chromium, script: TypeError: Failed to fetch
	//   chromium: Access to fetch at 'https://api.example.com/users' from origin 'https://myapp.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.
	//   chromium: GET https://api.example.com/users net::ERR_FAILED 200 (OK)
	//
	// the smallest repair:
	//   on the response to GET https://api.example.com/users:
	//     set Access-Control-Allow-Origin: https://myapp.com
	//     set Vary: Origin (for caches on the way)
}

// With plain net/http: browsers do not accept an asterisk for requests with cookies.
func Example_netHTTP() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		fmt.Fprint(w, "[]")
	})
	page := corstest.New(printer{}, handler).From("https://myapp.com")
	printDiagnosis(page.GET("/users", corstest.WithCredentials()))
	// Output:
	// allow-origin-wildcard-with-credentials
	// on the response to GET https://api.example.com/users:
	//   set Access-Control-Allow-Origin: https://myapp.com
	//   set Vary: Origin (for caches on the way)
}

// With rs/cors: by default it allows GET, HEAD and POST, and sends no CORS headers
// with the response to a preflight for another method.
func Example_rsCORS() {
	users := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "[]") })
	handler := cors.New(cors.Options{AllowedOrigins: []string{"https://myapp.com"}}).Handler(users)
	page := corstest.New(printer{}, handler).From("https://myapp.com")
	fmt.Println(page.GET("/users").Expect(corstest.Shared()))
	printDiagnosis(page.PUT("/users"))

	handler = cors.New(cors.Options{
		AllowedOrigins: []string{"https://myapp.com"}, AllowedMethods: []string{"GET", "PUT"},
	}).Handler(users)
	page = corstest.New(printer{}, handler).From("https://myapp.com")
	fmt.Println(page.PUT("/users").Expect(corstest.Shared()))
	// Output:
	// <nil>
	// allow-origin-missing
	// on the response to the preflight (OPTIONS https://api.example.com/users):
	//   set Access-Control-Allow-Origin: https://myapp.com
	//   set Access-Control-Allow-Methods: PUT
	// on the response to PUT https://api.example.com/users:
	//   set Access-Control-Allow-Origin: https://myapp.com
	//   set Vary: Origin (for caches on the way)
	//   assumed: no such response was seen; it is taken to have the status 200 and no CORS headers
	// <nil>
}

// With gorilla/handlers: the handler adds the header a second time, and no browser
// accepts two.
func Example_gorilla() {
	users := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Add("Access-Control-Allow-Origin", "https://myapp.com")
		fmt.Fprint(w, "[]")
	})
	handler := handlers.CORS(handlers.AllowedOrigins([]string{"https://myapp.com"}))(users)
	page := corstest.New(printer{}, handler).From("https://myapp.com")
	printDiagnosis(page.GET("/users"))
	// Output:
	// allow-origin-multiple
	// on the response to GET https://api.example.com/users:
	//   set Access-Control-Allow-Origin: https://myapp.com
	//   set Vary: Origin (for caches on the way)
}

// A table says who may do what.
func ExampleCheckPolicy() {
	handler := cors.New(cors.Options{
		AllowedOrigins: []string{"https://myapp.com"}, AllowedMethods: []string{"GET", "PUT"}, AllowCredentials: true,
	}).Handler(http.NotFoundHandler())
	var t printer

	all := []fetch.CredentialsMode{fetch.CredentialsOmit, fetch.CredentialsInclude}
	corstest.CheckPolicy(t, corstest.New(t, handler), corstest.Policy{
		{URL: "/users", From: []string{"https://myapp.com"}, Methods: []string{"GET", "PUT"}, Credentials: all, Want: corstest.Shared()},
		{URL: "/users", From: []string{"https://myapp.com"}, Methods: []string{"DELETE"}, Want: corstest.Blocked()},
		{URL: "/users", From: []string{"https://evil.com", "null"}, Methods: []string{"GET", "PUT"}, Credentials: all, Want: corstest.Blocked()},
	})
	// Output:
	// rule GET,PUT /users from https://myapp.com omit include shared
	// rule DELETE /users from https://myapp.com blocked
	// rule GET,PUT /users from https://evil.com,null omit include blocked
}

// A test can try the proposed repair before the server is changed.
func ExampleResult_Repair() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "http://myapp.com")
		fmt.Fprint(w, "[]")
	})
	wrong := nethttp.FromHandler(handler)
	res := corstest.NewOver(printer{}, wrong).From("https://myapp.com").GET("/users")
	fmt.Println(res.In("firefox").Failure.Reason)

	repair, err := res.Repair(context.Background())
	if err != nil {
		fmt.Println(err)
	}
	again := corstest.NewOver(printer{}, repair.Apply(wrong)).From("https://myapp.com").GET("/users")
	fmt.Println(again.Expect(corstest.Shared()))
	// Output:
	// allow-origin-mismatch
	// <nil>
}

// An audit of a server that allows every origin.
func ExampleServer_Audit() {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		if r.Method != http.MethodOptions {
			fmt.Fprint(w, "[]")
		}
	})
	var t printer
	for _, f := range corstest.New(t, handler).Audit("/users", "https://myapp.com") {
		fmt.Println(f.Severity, f.Rule, f.Origin, f.SharedIn)
	}
	// Output:
	// danger origin-reflected-credentials https://corsim-audit.example [chromium firefox webkit]
	// fragile vary-missing https://corsim-audit.example [chromium firefox webkit]
	// fragile method-not-allowed-by-policy https://myapp.com []
}
