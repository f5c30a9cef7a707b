package corstest

import (
	"io"
	"net/http"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// TransportHandler is the way back from [HandlerTransport]: a handler that
// answers as t does, for all hosts. With it what is scripted can be asked over
// real connections. It sends no header that t does not have, but for those of
// the connection, and closes the connection where t gives no answer.
func TransportHandler(t fetch.Transport) http.Handler {
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
