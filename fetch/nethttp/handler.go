package nethttp

import (
	"io"
	"net/http"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Handler returns a handler that answers as t does, for all hosts: the reverse of
// [FromHandler]. A real server can serve it, so that clients reach a scripted
// server over real connections. It sends the headers of t and those of the
// connection, no other. Where t gives no answer it closes the connection.
func Handler(t fetch.Transport) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, err := t.RoundTrip(r.Context(), wireRequest(r))
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		// What net/http would add by itself.
		w.Header()["Date"], w.Header()["Content-Type"] = nil, nil
		for _, h := range answer.Header {
			name := http.CanonicalHeaderKey(h.Name)
			w.Header()[name] = append(w.Header()[name], h.Value)
		}
		w.WriteHeader(answer.Status)
		_, _ = io.WriteString(w, answer.Body)
	})
}

// wireRequest returns a request that a server got as it went over the wire. One
// that no browser sends closes the connection.
func wireRequest(r *http.Request) *fetch.WireRequest {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	u, err := origin.ParseURL(scheme + "://" + r.Host + r.RequestURI)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	return &fetch.WireRequest{Method: r.Method, URL: u, Header: headerList(r.Header), Body: string(body)}
}
