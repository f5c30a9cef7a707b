package nethttp_test

import (
	"fmt"
	"io"
	"log"
	"net/http"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

const (
	myapp = "https://myapp.com"
	evil  = "https://evil.com"
	api   = "https://api.example.com"
)

var discardLog = log.New(io.Discard, "", 0)

// engines are the profiles of the browsers.
var engines = []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()}

// withCredentials sets credentials: "include".
func withCredentials(init *browser.FetchInit) { init.Credentials = fetch.CredentialsInclude }

// users is a server that allows one origin to do everything.
func users(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Add("Vary", "Origin")
	if r.Header.Get("Origin") == myapp {
		h.Set("Access-Control-Allow-Origin", myapp)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Set("Access-Control-Expose-Headers", "X-Total")
	}
	if r.Method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", "PUT, DELETE")
		h.Set("Access-Control-Allow-Headers", "Content-Type")
		h.Set("Access-Control-Max-Age", "60")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	switch r.URL.Path {
	case "/users":
		h.Set("X-Total", "3")
		h.Set("X-Secret", "1")
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1", Secure: true, SameSite: http.SameSiteNoneMode})
		fmt.Fprint(w, `[]`)
	case "/moved":
		http.Redirect(w, r, "/users", http.StatusFound)
	default:
		http.NotFound(w, r)
	}
}
