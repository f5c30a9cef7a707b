package report

// EntryDocument is an entry of a HAR file that is not judged.
type EntryDocument struct {
	Version int `json:"version"`
	// Entry is the number of the entry, from 0.
	Entry int `json:"entry"`
	// Kind says why it is not judged: preflight, navigation, no-cors and others.
	Kind   string `json:"kind"`
	Method string `json:"method"`
	URL    string `json:"url"`
	// RedirectOf is the entry whose redirect leads to this one.
	RedirectOf *int `json:"redirectOf,omitzero"`
}

// AppendJSON appends the entry as one line of JSON, without the newline.
func (d *EntryDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.number("entry", d.Entry)
	e.text("kind", d.Kind)
	e.text("method", d.Method)
	e.text("url", d.URL)
	if d.RedirectOf != nil {
		e.number("redirectOf", *d.RedirectOf)
	}
	e.close('}')
	return e.out
}
