package corstest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"slices"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/conformance/corstest"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// TestTimeout cuts off handlers that do not end by themselves.
func TestTimeout(t *testing.T) {
	events := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprint(w, "data: 1\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
		_, err := fmt.Fprint(w, "data: 2\n\n")
		assert.Check(t, err == nil || errors.Is(err, context.Canceled))
	})
	listen := func(ctx context.Context, p *browser.Page) (*browser.Result, error) {
		return p.EventSource(ctx, browser.EventSourceInit{URL: corstest.DefaultURL})
	}
	short := corstest.WithTimeout(5 * time.Millisecond)
	// Long enough for the first event on a busy machine.
	assert.Assert(t, corstest.New(t, events, corstest.WithTimeout(300*time.Millisecond)).From(myapp).Call(listen).Expect(corstest.Shared()))

	over := fetch.TransportFunc(func(ctx context.Context, _ *fetch.WireRequest) (*fetch.WireResponse, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	silent := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	srv := httptest.NewTLSServer(silent)
	defer srv.Close()
	for name, server := range map[string]*corstest.Server{
		"handler": corstest.New(t, silent, short),
		"exits":   corstest.New(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { runtime.Goexit() }), corstest.WithTimeout(time.Hour)),
		"live":    corstest.NewLive(t, srv.URL, srv.Client().Transport, short),
		"other":   corstest.NewOver(t, over, short),
	} {
		assert.Check(t, server.From(myapp).GET("/").Expect(corstest.Blocked(fetch.ReasonNetworkFailure)), name)
	}
}

// TestEndlessRedirects makes a request to a server that redirects every request.
func TestEndlessRedirects(t *testing.T) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		http.Redirect(w, r, r.URL.Path+"x", http.StatusFound)
	})
	res := corstest.New(t, h).From(myapp).GET("/")
	assert.Assert(t, res.Expect(corstest.Blocked(fetch.ReasonRedirectLimit)))
	assert.Assert(t, slices.ContainsFunc(res.Engines, func(e *browser.Result) bool { return len(e.Trace.Exchanges) == 21 }))
}
