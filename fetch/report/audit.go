package report

// AuditDocument is an audit of a URL as JSON.
type AuditDocument struct {
	Version int    `json:"version"`
	URL     string `json:"url"`
	// Origin is the origin that should be allowed.
	Origin   string    `json:"origin"`
	Findings []Finding `json:"findings"`
	// Error says why the audit ended early.
	Error string   `json:"error,omitempty"`
	Notes []string `json:"notes,omitempty"`
}

// Finding is one thing that an audit found.
type Finding struct {
	// Code is the stable code of what was found, such as any-origin.
	Code string `json:"code"`
	// Severity is high, medium, low or info.
	Severity string `json:"severity"`
	// Text says what is wrong and what to do.
	Text string `json:"text"`
	// Origin is the page's origin that shows it.
	Origin string `json:"origin,omitempty"`
	// SharedIn names the browsers that share the response of the evidence with a
	// page at Origin. CookiesIn names those of them that send the user's cookies.
	SharedIn  []string `json:"sharedIn"`
	CookiesIn []string `json:"cookiesIn"`
	// Credentials reports whether the request of the evidence includes credentials.
	Credentials bool `json:"credentials"`
	// Evidence is the exchange that shows the finding.
	Evidence Exchange `json:"evidence"`
}

// AppendJSON appends the audit as one line of JSON, without the newline.
func (d *AuditDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("url", d.URL)
	e.text("origin", d.Origin)
	array(e, "findings", d.Findings, e.finding)
	e.textIf("error", d.Error)
	e.textsIf("notes", d.Notes)
	e.close('}')
	return e.out
}

func (e *encoder) finding(f *Finding) {
	e.open('{')
	e.text("code", f.Code)
	e.text("severity", f.Severity)
	e.text("text", f.Text)
	e.textIf("origin", f.Origin)
	e.texts("sharedIn", f.SharedIn)
	e.texts("cookiesIn", f.CookiesIn)
	e.bool("credentials", f.Credentials)
	e.name("evidence")
	e.exchange(&f.Evidence)
	e.close('}')
}
