package corstest_test

import (
	"net/http"
	"testing"

	"github.com/corsim/corsim/conformance/corstest"
)

// TestREADME is the snippet of the README, with a server that passes.
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
		t.Error(finding)
	}
}
