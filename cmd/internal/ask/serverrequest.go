package ask

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

// ServerRequest is a request to a server, with a name that its answer repeats.
type ServerRequest struct {
	// ID is the name: any JSON value, or nil.
	ID jsontext.Value
	*server.Request
}

// ParseServerRequest reads a request from a JSON object: id, method, target, headers
// (pairs of a name and a value, in the order sent), body, and tls, which is true when
// the request came over https. Other members are ignored. In header values and in
// bodies a code point is a byte, unless one is above U+00FF; then the text is UTF-8.
func ParseServerRequest(line []byte) (*ServerRequest, error) {
	var form struct {
		ID      jsontext.Value `json:"id"`
		Method  string         `json:"method"`
		Target  string         `json:"target"`
		Headers [][2]string    `json:"headers"`
		Body    string         `json:"body"`
		TLS     bool           `json:"tls"`
	}
	if err := json.Unmarshal(line, &form); err != nil {
		return nil, err
	}
	switch {
	case form.Method == "":
		return nil, errors.New(`the request has no "method"`)
	case form.Target == "":
		return nil, errors.New(`the request has no "target"`)
	}
	out := &ServerRequest{ID: form.ID, Request: &server.Request{
		Method: form.Method, Target: scenario.BytesOfText(form.Target), Body: scenario.BytesOfText(form.Body), TLS: form.TLS,
	}}
	for _, h := range form.Headers {
		out.Header = append(out.Header, fetch.Header{Name: h[0], Value: scenario.BytesOfText(h[1])})
	}
	return out, nil
}

// answerOf returns a server's answer to a request.
func answerOf(ctx context.Context, s server.Answerer, req *server.Request) (a *server.Answer, err error) {
	defer recoverAnswer(&err)
	return s.Answer(ctx, req)
}

// closed is the text for a connection that closes without an answer.
const closed = "the connection closes without an answer"

// ServerAnswer returns a server's answer to a request. The error says why the run
// cannot continue.
func ServerAnswer(ctx context.Context, s server.Answerer, req *ServerRequest) (*report.ServerAnswer, error) {
	a, err := answerOf(ctx, s, req.Request)
	if unknown, ok := errors.AsType[*server.UnknownError](err); ok {
		return &report.ServerAnswer{ID: req.ID, Unknown: unknown.Error()}, nil
	}
	if errors.Is(err, fetch.ErrNoAnswer) {
		return &report.ServerAnswer{ID: req.ID, Error: closed}, nil
	}
	if err != nil {
		return nil, err
	}
	return report.NewServerAnswer(req.ID, a), nil
}
