package report

import (
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/fetch/server"
)

// ServerAnswer is the answer of a server's model to one request as JSON. It has
// either Status and Headers, or StatusUnknown and Headers, or Unknown, or Error.
type ServerAnswer struct {
	// ID is the request's own; absent if it has none.
	ID     jsontext.Value `json:"id,omitzero"`
	Status int            `json:"status,omitzero"`
	// StatusUnknown says why the status is not known although the headers of CORS
	// are.
	StatusUnknown string `json:"statusUnknown,omitempty"`
	// Headers holds the lines in the order and the spelling of the server.
	Headers [][2]string `json:"headers,omitzero"`
	// Unknown says why the answer is not known.
	Unknown string `json:"unknown,omitempty"`
	// Error says that the server closes the connection without an answer.
	Error string `json:"error,omitempty"`
}

// NewServerAnswer returns an answer in the form of its JSON.
func NewServerAnswer(id jsontext.Value, a *server.Answer) *ServerAnswer {
	out := &ServerAnswer{ID: id, Headers: pairs(a.Header)}
	if a.StatusUnknown != nil {
		out.StatusUnknown = a.StatusUnknown.Error()
		return out
	}
	out.Status = a.Status
	return out
}

// AppendJSON appends the answer as one line of JSON, without the newline.
func (a *ServerAnswer) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	if a.ID != nil {
		e.name("id")
		e.out = append(e.out, a.ID...)
	}
	e.numberIf("status", a.Status)
	e.textIf("statusUnknown", a.StatusUnknown)
	if a.Headers != nil {
		e.headers(a.Headers)
	}
	e.textIf("unknown", a.Unknown)
	e.textIf("error", a.Error)
	e.close('}')
	return e.out
}
