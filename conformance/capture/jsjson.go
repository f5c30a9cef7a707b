package capture

import (
	"bytes"
	"encoding/json"
	"strings"
)

// writeJSON writes a literal as JSON.stringify does. Values that are not known are null;
// no verdict depends on them.
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
	case *jsBlank, *jsMade:
		w.WriteString("null")
	case *jsJoined:
		writeJSON(w, value.filled())
	default:
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		// Strings, numbers, booleans and null can always be encoded.
		_ = e.Encode(value)
		w.WriteString(strings.TrimSuffix(b.String(), "\n"))
	}
}
