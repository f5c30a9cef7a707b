package capture

import (
	"bytes"
	"encoding/json"
	"strings"
)

// stringify reads JSON.stringify(literal) and returns its result.
func (s *jsScanner) stringify() (jsValue, error) {
	start := s.at
	for _, token := range []string{"JSON", ".", "stringify", "("} {
		if ok, err := s.take(token); err != nil || !ok {
			return nil, s.errorAt(start, "of the object JSON, only JSON.stringify(…) of a literal is understood")
		}
	}
	node, err := s.value()
	if err != nil {
		return nil, err
	}
	if err := s.want(")"); err != nil {
		return nil, err
	}
	var w strings.Builder
	writeJSON(&w, node.value)
	return w.String(), nil
}

// writeJSON writes a literal as JSON.stringify does.
func writeJSON(w *strings.Builder, value jsValue) {
	switch value := value.(type) {
	case *jsArray:
		w.WriteByte('[')
		for i, e := range value.elements {
			if i > 0 {
				w.WriteByte(',')
			}
			writeJSON(w, e.value)
		}
		w.WriteByte(']')
	case *jsObject:
		w.WriteByte('{')
		for i, m := range value.members {
			if i > 0 {
				w.WriteByte(',')
			}
			writeJSON(w, m.key)
			w.WriteByte(':')
			writeJSON(w, m.value.value)
		}
		w.WriteByte('}')
	default:
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		// Strings, numbers, booleans and null can always be encoded.
		_ = e.Encode(value)
		w.WriteString(strings.TrimSuffix(b.String(), "\n"))
	}
}
