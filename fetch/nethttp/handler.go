package nethttp

import (
	"io"
	"net/http"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// Handler returns a handler that answers as t does, for all hosts. It is the
// reverse of [FromHandler]: a real server can serve it, so that clients reach a
// scripted server over real connections. It sends only the headers of t and those
// of the connection. If t returns an error, the handler closes the connection.
func Handler(t fetch.Transport) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer, err := t.RoundTrip(r.Context(), wireRequest(r))
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		// net/http does not add these headers when they are nil.
		w.Header()["Date"], w.Header()["Content-Type"] = nil, nil
		for _, h := range answer.Header {
			name := http.CanonicalHeaderKey(h.Name)
			w.Header()[name] = append(w.Header()[name], h.Value)
		}
		w.WriteHeader(answer.Status)
		_, _ = io.WriteString(w, answer.Body)
	})
}

// wireRequest returns a server's request as a wire request. If no browser sends
// such a request, the connection closes.
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
