package capture

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// body sets the body as fetch() and XMLHttpRequest take it. It returns whether the body is
// an object or a value that is not known, for which each client has a rule of its own.
func (r *callReader) body(node jsNode) (other bool) {
	switch value := node.value.(type) {
	case nil:
		return false
	case string:
		r.text(value)
	case *jsJoined:
		r.text(value.filled())
	case *jsMade:
		return !r.madeBody(value)
	case *jsBlank:
		r.hasBody = true
		return !r.namedBody(value)
	default:
		r.hasBody = true
		return true
	}
	return false
}

// madeBody sets a body that new or a call makes. It returns false if it is of no known type.
func (r *callReader) madeBody(made *jsMade) bool {
	r.hasBody = true
	init := &r.call.Init
	switch made.name {
	case "JSON.stringify", "qs.stringify", "$.param":
		r.text("…")
		if made.name != "JSON.stringify" {
			return true
		}
	case "new FormData":
		init.Body = browser.Form{{Name: "field", Value: "value"}}
	case "new URLSearchParams":
		init.Body = browser.Params{{Name: "field", Value: "value"}}
	case "new Blob", "new File":
		init.Body = browser.Blob{Data: "…", Type: blobType(made)}
	case "new Uint8Array", "new ArrayBuffer", "new DataView":
		init.Body = browser.Bytes("…")
	case "new ReadableStream":
		init.Body, init.Duplex = browser.Stream("…"), "half"
	default:
		return false
	}
	return true
}

// blobType returns the type that script gives a Blob.
func blobType(made *jsMade) string {
	at := len(made.arguments) - 1
	if at < 1 {
		return ""
	}
	object, _ := made.arguments[at].value.(*jsObject)
	if object == nil {
		return ""
	}
	for _, m := range object.members {
		if text, ok := m.value.value.(string); ok && m.key == "type" {
			return text
		}
	}
	return ""
}

// namedBody sets a body that is not known but whose name tells its type. It returns false
// if the name tells nothing.
func (r *callReader) namedBody(blank *jsBlank) bool {
	name := strings.ReplaceAll(fetch.ByteLowercase(blank.name()), "_", "")
	switch {
	case strings.HasPrefix(blank.source, "JSON.stringify"):
		r.text("…")
	case strings.Contains(name, "formdata") || name == "fd":
		r.call.Init.Body = browser.Form{{Name: "field", Value: "value"}}
		r.call.note("the body %s is taken for a FormData", blank.source)
	case name == "file" || name == "blob":
		r.call.Init.Body = browser.Blob{Data: "…"}
		r.call.note("the body %s is taken for a file of an unknown type, which needs no preflight", blank.source)
	default:
		return false
	}
	return true
}

// stringBody sets the body of fetch() and XMLHttpRequest, which make text of an object.
func (r *callReader) stringBody(node jsNode) {
	if !r.body(node) {
		return
	}
	r.text("…")
	if blank, ok := node.value.(*jsBlank); ok {
		r.call.note("the body %s is not known; text is assumed", blank.source)
	} else {
		r.call.note("the body is an object, of which fetch() makes the text [object Object]; JSON.stringify makes JSON of it")
	}
}

// jsonBody sets the body of a client that sends objects as JSON.
func (r *callReader) jsonBody(node jsNode, contentType string) {
	if !r.body(node) {
		return
	}
	if blank, ok := node.value.(*jsBlank); ok {
		r.call.note("the body %s is not known; an object is assumed, which is sent as JSON", blank.source)
	}
	r.text("{}")
	r.setType(contentType)
}
