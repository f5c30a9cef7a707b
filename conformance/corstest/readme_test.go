package corstest_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server/lint"
)

// TestREADME runs the snippet of the README against a server that passes.
func TestREADME(t *testing.T) {
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Add("Vary", "Origin")
		if r.Header.Get("Origin") == "https://myapp.com" {
			h.Set("Access-Control-Allow-Origin", "https://myapp.com")
			h.Set("Access-Control-Allow-Credentials", "true")
			if r.Method == http.MethodOptions {
				h.Set("Access-Control-Allow-Methods", "PUT")
				h.Set("Access-Control-Allow-Headers", "Content-Type")
			}
		}
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
		}
	})

	api := corstest.New(t, handler)
	page := api.From("https://myapp.com")
	corstest.Check(t, page.PUT("/users", corstest.JSON(`{}`), corstest.WithCredentials()), corstest.Shared())
	corstest.Check(t, api.From("https://evil.com").GET("/users"), corstest.Blocked())
	for _, finding := range api.Audit("/users", "https://myapp.com") {
		if finding.Severity >= lint.Broken {
			t.Error(finding)
		}
	}
}

// TestPages runs the snippets of docs/testing.md against servers that pass.
func TestPages(t *testing.T) {
	handler := http.HandlerFunc(users)
	t.Run("comparisons", func(t *testing.T) {
		page := corstest.New(t, handler).From("https://myapp.com")
		assert.Assert(t, page.GET("/users").Expect(corstest.Shared(), corstest.Visible("X-Total"), corstest.Hidden("X-Secret")))
	})
	t.Run("cookies", func(t *testing.T) {
		handler := http.NotFoundHandler()
		api := corstest.New(t, handler)
		page := api.From("https://www.example.com") // same site as https://api.example.com
		page.SetCookie("session=1; Secure; SameSite=Lax; Max-Age=3600")
		corstest.Check(t, page.GET("/users", corstest.WithCredentials()), corstest.Cookies("session=1"))
		page.Advance(time.Hour)
		corstest.Check(t, page.GET("/users", corstest.WithCredentials()), corstest.Cookies(""))
	})
	t.Run("call", func(t *testing.T) {
		page := corstest.New(t, handler).From("https://myapp.com")
		res := page.Call(func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
			return p.XHR(ctx, browser.XHRInit{URL: "https://api.example.com/users", Method: "PUT"})
		})
		corstest.Check(t, res, corstest.Shared(), corstest.Preflighted("PUT"))
	})
	t.Run("live", func(t *testing.T) {
		srv := httptest.NewTLSServer(handler)
		defer srv.Close()
		api := corstest.NewLive(t, srv.URL, srv.Client().Transport)
		corstest.Check(t, api.From("https://myapp.com").GET("/users"), corstest.Shared())
	})
	t.Run("config", func(t *testing.T) {
		api := corstest.Config(t, "testdata/deploy/nginx.conf")
		corstest.Check(t, api.From("https://myapp.com").GET("/users"), corstest.Shared())
	})
	t.Run("backend", func(t *testing.T) {
		handler := http.NotFoundHandler()
		api := corstest.Config(t, "testdata/deploy/nginx.conf", corstest.WithBackend("localhost:3000", handler))
		corstest.Check(t, api.From("https://myapp.com").GET("/users"), corstest.Shared())
		corstest.Check(t, api.From("https://evil.com").GET("/users"), corstest.Blocked())
	})
	t.Run("audit", func(t *testing.T) {
		api := corstest.New(t, handler)
		for _, finding := range api.Audit("/users", "https://myapp.com") {
			if finding.Severity >= lint.Broken {
				t.Error(finding)
			}
		}
	})
}
