package corstest_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/gorilla/handlers"
	"github.com/rs/cors"
	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
)

// hello is a handler without CORS headers.
var hello = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Total", "3")
	fmt.Fprint(w, "hello")
})

// set returns a handler that sets headers, responds to OPTIONS with 204, and
// passes other requests to hello.
func set(headers ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		hello(w, r)
	})
}

func rs(o cors.Options, next http.Handler) http.Handler { return cors.New(o).Handler(next) }

func gorilla(next http.Handler, options ...handlers.CORSOption) http.Handler {
	return handlers.CORS(options...)(next)
}

// adding adds headers before another handler runs.
func adding(next http.Handler, headers ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		next.ServeHTTP(w, r)
	})
}

// onOptions responds to preflights with a function.
func onOptions(answer func(http.ResponseWriter, *http.Request), next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodOptions {
			answer(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// classic is one way to make a classic mistake.
type classic struct {
	name    string
	handler http.Handler
	reason  fetch.Reason
	// inWebKit is WebKit's reason when it differs: WebKit checks a preflight's status
	// before its headers.
	inWebKit fetch.Reason
}

// blocked returns the reason that each engine must have for a mistake.
func (c classic) blocked() []corstest.Expectation {
	if c.inWebKit == "" {
		return []corstest.Expectation{corstest.Blocked(c.reason)}
	}
	return []corstest.Expectation{
		corstest.In("chromium", corstest.Blocked(c.reason)), corstest.In("firefox", corstest.Blocked(c.reason)),
		corstest.In("webkit", corstest.Blocked(c.inWebKit)),
	}
}

// ask is the request that shows a classic mistake.
type ask struct {
	method  string
	options []corstest.RequestOption
}

var (
	simple     = ask{method: "GET"}
	private    = ask{method: "GET", options: []corstest.RequestOption{corstest.WithCredentials()}}
	put        = ask{method: "PUT"}
	privatePut = ask{method: "PUT", options: []corstest.RequestOption{corstest.WithCredentials()}}
	post       = ask{method: "POST", options: []corstest.RequestOption{corstest.JSON("{}")}}
	token      = ask{method: "GET", options: []corstest.RequestOption{corstest.Header("Authorization", "Bearer x")}}
)

const (
	allowOrigin      = "Access-Control-Allow-Origin"
	allowCredentials = "Access-Control-Allow-Credentials"
	allowMethods     = "Access-Control-Allow-Methods"
	allowHeaders     = "Access-Control-Allow-Headers"
)

// classics are the classic mistakes, each made in three ways. Middleware that
// refuses a preflight sends no CORS headers, so the reason is the missing
// Access-Control-Allow-Origin.
var classics = []struct {
	name string
	ask  ask
	ways []classic
}{
	{"no-allow-origin", simple, []classic{
		{"net-http-nothing-at-all", hello, fetch.ReasonAllowOriginMissing, ""},
		{"rs-cors-another-origin", rs(cors.Options{AllowedOrigins: []string{"https://otherapp.com"}}, hello), fetch.ReasonAllowOriginMissing, ""},
		{"gorilla-another-origin", gorilla(hello, handlers.AllowedOrigins([]string{"https://otherapp.com"})), fetch.ReasonAllowOriginMissing, ""},
	}},
	{"another-origin", simple, []classic{
		{"net-http-another-scheme", set(allowOrigin, "http://myapp.com"), fetch.ReasonAllowOriginMismatch, ""},
		{"net-http-final-slash", set(allowOrigin, "https://myapp.com/"), fetch.ReasonAllowOriginMismatch, ""},
		{"net-http-another-host", set(allowOrigin, "https://www.myapp.com"), fetch.ReasonAllowOriginMismatch, ""},
	}},
	{"origin-that-never-matches", simple, []classic{
		{"net-http-host-alone", set(allowOrigin, "myapp.com"), fetch.ReasonAllowOriginInvalid, ""},
		{"rs-cors-final-slash", rs(cors.Options{AllowedOrigins: []string{"https://myapp.com/"}}, hello), fetch.ReasonAllowOriginMissing, ""},
		{"gorilla-upper-case", gorilla(hello, handlers.AllowedOrigins([]string{"https://MyApp.com"})), fetch.ReasonAllowOriginMissing, ""},
	}},
	{"asterisk-with-credentials", private, []classic{
		{"net-http", set(allowOrigin, "*", allowCredentials, "true"), fetch.ReasonAllowOriginWildcard, ""},
		{"rs-cors", rs(cors.Options{AllowedOrigins: []string{"*"}, AllowCredentials: true}, hello), fetch.ReasonAllowOriginWildcard, ""},
		{"gorilla", gorilla(hello, handlers.AllowedOrigins([]string{"*"}), handlers.AllowCredentials()), fetch.ReasonAllowOriginWildcard, ""},
	}},
	{"no-allow-credentials", private, []classic{
		{"net-http", set(allowOrigin, myapp), fetch.ReasonAllowCredentialsMissing, ""},
		{"net-http-in-upper-case", set(allowOrigin, myapp, allowCredentials, "True"), fetch.ReasonAllowCredentialsNotTrue, ""},
		{"rs-cors", rs(cors.Options{AllowedOrigins: []string{myapp}}, hello), fetch.ReasonAllowCredentialsMissing, ""},
	}},
	{"method-not-allowed", put, []classic{
		{"net-http", set(allowOrigin, myapp, allowMethods, "GET, POST"), fetch.ReasonMethodNotAllowed, ""},
		{"rs-cors-default-methods", rs(cors.Options{AllowedOrigins: []string{myapp}}, hello), fetch.ReasonAllowOriginMissing, ""},
		{"gorilla-default-methods", gorilla(hello, handlers.AllowedOrigins([]string{myapp})), fetch.ReasonAllowOriginMissing, fetch.ReasonPreflightStatus},
	}},
	{"asterisk-for-methods-with-credentials", privatePut, []classic{
		{"net-http", set(allowOrigin, myapp, allowCredentials, "true", allowMethods, "*"), fetch.ReasonMethodNotAllowed, ""},
		{"net-http-in-lower-case", set(allowOrigin, myapp, allowCredentials, "true", allowMethods, "put"), fetch.ReasonMethodNotAllowed, ""},
		{"rs-cors", rs(cors.Options{AllowedOrigins: []string{myapp}, AllowCredentials: true, AllowedMethods: []string{"*"}}, hello), fetch.ReasonAllowOriginMissing, ""},
	}},
	{"header-not-allowed", post, []classic{
		{"net-http", set(allowOrigin, "*", allowHeaders, "Authorization"), fetch.ReasonHeaderNotAllowed, ""},
		{"rs-cors", rs(cors.Options{AllowedHeaders: []string{"Authorization"}}, hello), fetch.ReasonAllowOriginMissing, ""},
		{"gorilla", gorilla(hello, handlers.AllowedHeaders([]string{"Authorization"})), fetch.ReasonAllowOriginMissing, fetch.ReasonPreflightStatus},
	}},
	{"two-allow-origin-lines", simple, []classic{
		{"net-http", set(allowOrigin, myapp, allowOrigin, myapp), fetch.ReasonAllowOriginMultiple, ""},
		{"net-http-a-list", set(allowOrigin, myapp+", https://otherapp.com"), fetch.ReasonAllowOriginMultiple, ""},
		{"gorilla-and-the-handler", gorilla(set(allowOrigin, "*"), handlers.AllowedOrigins([]string{"*"})), fetch.ReasonAllowOriginMultiple, ""},
	}},
	{"preflight-not-answered", token, []classic{
		{"authentication-first", onOptions(func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "who are you?", http.StatusUnauthorized)
		}, set(allowOrigin, "*")), fetch.ReasonAllowOriginMissing, fetch.ReasonPreflightStatus},
		{"not-routed", adding(routes(), allowOrigin, "*", allowHeaders, "Authorization"), fetch.ReasonPreflightStatus, ""},
		{"redirected", onOptions(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(allowOrigin, "*")
			http.Redirect(w, r, "/v2/users", http.StatusMovedPermanently)
		}, set(allowOrigin, "*")), fetch.ReasonPreflightRedirect, ""},
	}},
	{"errors-without-headers", simple, []classic{
		{"net-http-behind-a-limit", overloaded(set(allowOrigin, "*")), fetch.ReasonAllowOriginMissing, ""},
		{"rs-cors-behind-a-limit", overloaded(rs(cors.Options{}, hello)), fetch.ReasonAllowOriginMissing, ""},
		{"gorilla-behind-a-limit", overloaded(gorilla(hello)), fetch.ReasonAllowOriginMissing, ""},
	}},
}

// routes is a router with a route for GET and none for OPTIONS.
func routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /users", hello)
	return mux
}

// overloaded responds instead of a handler.
func overloaded(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "come back later", http.StatusTooManyRequests)
	})
}

// TestClassicMistakes checks that every engine reports each mistake with the right
// reason, and that the proposed repair helps in every engine.
func TestClassicMistakes(t *testing.T) {
	for _, mistake := range classics {
		for _, way := range mistake.ways {
			t.Run(mistake.name+"/"+way.name, func(t *testing.T) {
				wrong := nethttp.FromHandler(way.handler)
				ask := mistake.ask
				res := corstest.NewOver(t, wrong).From(myapp).Fetch(ask.method, "/users", ask.options...)
				assert.Assert(t, res.Expect(way.blocked()...))

				repair, err := res.Repair(t.Context())
				assert.NilError(t, err)
				assert.Assert(t, repair.IsPossible(), "%v", repair.Obstacle)
				right := corstest.NewOver(t, repair.Apply(wrong)).From(myapp).Fetch(ask.method, "/users", ask.options...)
				assert.Assert(t, right.Expect(corstest.Shared()))
			})
		}
	}
}

// TestHiddenHeader checks the classic mistake that blocks no request.
func TestHiddenHeader(t *testing.T) {
	for name, h := range map[string]http.Handler{
		"net-http": set(allowOrigin, "*"),
		"rs-cors":  rs(cors.Options{}, hello),
		"gorilla":  gorilla(hello),
	} {
		t.Run(name, func(t *testing.T) {
			res := corstest.New(t, h).From(myapp).GET("/users")
			assert.Assert(t, res.Expect(corstest.Shared(), corstest.Hidden("X-Total")))
			shown := corstest.New(t, adding(h, "Access-Control-Expose-Headers", "X-Total")).From(myapp).GET("/users")
			assert.Assert(t, shown.Expect(corstest.Visible("X-Total")))
		})
	}
}
