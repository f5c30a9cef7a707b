package scenario

import (
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/jsonstring"
	"github.com/corsim/corsim/fetch/server"
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
	return jsonstring.Append(out, text)
}

// AppendServer appends the rules of a server as the value of the key "server" of a
// scenario.
func AppendServer(out []byte, script server.Script) []byte {
	return appendArray(out, len(script), func(out []byte, i int) []byte { return appendRule(out, &script[i]) })
}

func appendRule(out []byte, r *server.Rule) []byte {
	out = appendWhen(append(out, `{"when":`...), &r.When)
	out = strconv.AppendInt(append(out, `,"status":`...), int64(r.Status), 10)
	out = AppendHeaders(append(out, `,"headers":`...), r.Header)
	if r.Body != "" {
		out = appendString(append(out, `,"body":`...), TextOfBytes(r.Body))
	}
	if r.Times > 0 {
		out = strconv.AppendInt(append(out, `,"times":`...), int64(r.Times), 10)
	}
	if r.Delay > 0 {
		out = strconv.AppendInt(append(out, `,"delay":`...), r.Delay.Milliseconds(), 10)
	}
	return append(out, '}')
}

func appendWhen(out []byte, w *server.When) []byte {
	var members []string
	if w.Method != "" {
		members = append(members, `"method":`+string(appendString(nil, w.Method)))
	}
	if w.URL != "" {
		members = append(members, `"url":`+string(appendString(nil, w.URL)))
	}
	var headers []string
	for _, h := range w.Header {
		value := "null"
		if !h.Absent {
			value = string(appendString(nil, TextOfBytes(h.Value)))
		}
		headers = append(headers, string(appendString(nil, h.Name))+":"+value)
	}
	if headers != nil {
		members = append(members, `"headers":{`+strings.Join(headers, ",")+"}")
	}
	return append(append(append(out, '{'), strings.Join(members, ",")...), '}')
}

// AppendHeaders appends headers, whose values are bytes, as the value of a key
// "headers" of a scenario.
func AppendHeaders(out []byte, list fetch.HeaderList) []byte {
	texts := make([]HeaderText, len(list))
	for i, h := range list {
		texts[i] = HeaderText{Name: h.Name, Value: TextOfBytes(h.Value)}
	}
	return appendHeaders(out, texts)
}
