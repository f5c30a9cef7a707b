package scenario

import (
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// AppendJSON appends the observation as one line of JSON, without the newline.
// The same observation always gives the same bytes.
func (o *Observation) AppendJSON(out []byte) []byte {
	out = appendString(append(out, `{"name":`...), o.Name)
	out = appendString(append(out, `,"engine":`...), o.Engine)
	if o.Failed.OK {
		out = appendString(append(out, `,"failed":`...), o.Failed.Value)
	}
	out = append(out, `,"steps":`...)
	out = appendArray(out, len(o.Steps), func(out []byte, i int) []byte { return o.Steps[i].appendJSON(out) })
	return append(out, '}')
}

func (s *StepObservation) appendJSON(out []byte) []byte {
	out = appendString(append(out, `{"outcome":`...), string(s.Outcome))
	if s.Error.OK {
		out = appendString(append(out, `,"error":`...), s.Error.Value)
	}
	if s.Response != nil {
		out = s.Response.appendJSON(append(out, `,"response":`...))
	}
	out = append(out, `,"wire":`...)
	out = appendArray(out, len(s.Wire), func(out []byte, i int) []byte { return s.Wire[i].appendJSON(out) })
	out = append(out, `,"console":`...)
	out = appendStrings(out, s.Console)
	if s.Issues != nil {
		out = append(out, `,"issues":`...)
		out = appendStrings(out, s.Issues)
	}
	if s.Audits != nil {
		out = appendStrings(append(out, `,"audits":`...), s.Audits)
	}
	if s.Protocol != "" {
		out = appendString(append(out, `,"protocol":`...), s.Protocol)
	}
	if s.Readable.OK {
		out = strconv.AppendBool(append(out, `,"readable":`...), s.Readable.Value)
	}
	if s.ReadError.OK {
		out = appendString(append(out, `,"readError":`...), s.ReadError.Value)
	}
	if s.Message.OK {
		out = appendString(append(out, `,"message":`...), s.Message.Value)
	}
	return append(out, '}')
}

func (r *ResponseObservation) appendJSON(out []byte) []byte {
	out = appendString(append(out, `{"type":`...), r.Type)
	out = strconv.AppendInt(append(out, `,"status":`...), int64(r.Status), 10)
	out = appendString(append(out, `,"url":`...), r.URL)
	out = strconv.AppendBool(append(out, `,"redirected":`...), r.Redirected)
	out = appendHeaders(append(out, `,"headers":`...), r.Header)
	out = appendString(append(out, `,"body":`...), r.Body)
	if r.BodyError.OK {
		out = appendString(append(out, `,"bodyError":`...), r.BodyError.Value)
	}
	return append(out, '}')
}

func (w *WireObservation) appendJSON(out []byte) []byte {
	out = appendString(append(out, `{"method":`...), w.Method)
	out = appendString(append(out, `,"url":`...), w.URL)
	out = appendHeaders(append(out, `,"headers":`...), w.Header)
	if w.Body != "" {
		out = appendString(append(out, `,"body":`...), w.Body)
	}
	return append(out, '}')
}

func appendHeaders(out []byte, headers []HeaderText) []byte {
	return appendArray(out, len(headers), func(out []byte, i int) []byte {
		out = appendString(append(out, '['), headers[i].Name)
		out = appendString(append(out, ','), headers[i].Value)
		return append(out, ']')
	})
}

func appendStrings(out []byte, list []string) []byte {
	return appendArray(out, len(list), func(out []byte, i int) []byte { return appendString(out, list[i]) })
}

func appendArray(out []byte, n int, elem func(out []byte, i int) []byte) []byte {
	out = append(out, '[')
	for i := range n {
		if i > 0 {
			out = append(out, ',')
		}
		out = elem(out, i)
	}
	return append(out, ']')
}

// appendString appends a JSON string; what is not UTF-8 becomes U+FFFD.
func appendString(out []byte, text string) []byte {
	out, _ = jsontext.AppendQuote(out, text)
	return out
}
