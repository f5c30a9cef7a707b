package report

// AuditDocument is an audit of a URL as JSON.
type AuditDocument struct {
	Version int    `json:"version"`
	URL     string `json:"url"`
	// Origin is the origin that should be allowed.
	Origin   string    `json:"origin"`
	Findings []Finding `json:"findings"`
	// Questions is the number of questions that pages asked, Sent the number of
	// requests that the server got.
	Questions int `json:"questions"`
	Sent      int `json:"sent"`
	// Incomplete says what could not be asked.
	Incomplete []string `json:"incomplete,omitempty"`
	// Error says why the audit ended early.
	Error string   `json:"error,omitempty"`
	Notes []string `json:"notes,omitempty"`
}

// Finding is one thing that an audit or a check of a configuration found.
type Finding struct {
	// Rule is the stable ID of the rule, such as null-origin.
	Rule string `json:"rule"`
	// Severity is danger, broken, fragile or advice.
	Severity string `json:"severity"`
	// Proof is exchange or static.
	Proof string `json:"proof"`
	// File, Line and Column are the position in a configuration.
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitzero"`
	Column int    `json:"column,omitzero"`
	// Text says what is wrong, and Fix what to do.
	Text string `json:"text"`
	Fix  string `json:"fix,omitempty"`
	// Edits are changes of the configuration after which the finding is gone.
	Edits []Edit `json:"edits,omitempty"`
	// URL is the URL that was requested.
	URL string `json:"url,omitempty"`
	// Origin is the page's origin that shows it.
	Origin string `json:"origin,omitempty"`
	// SharedIn names the browsers that share the response of the evidence with a
	// page at Origin. CookiesIn names those of them that send the user's cookies.
	SharedIn  []string `json:"sharedIn"`
	CookiesIn []string `json:"cookiesIn"`
	// Credentials reports whether the request of the evidence includes credentials.
	Credentials bool `json:"credentials"`
	// Evidence is the exchange that shows the finding; nil when no exchange does.
	Evidence *Exchange `json:"evidence,omitempty"`
}

// AppendJSON appends the audit as one line of JSON, without the newline.
func (d *AuditDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("url", d.URL)
	e.text("origin", d.Origin)
	array(e, "findings", d.Findings, e.finding)
	e.number("questions", d.Questions)
	e.number("sent", d.Sent)
	e.textsIf("incomplete", d.Incomplete)
	e.textIf("error", d.Error)
	e.textsIf("notes", d.Notes)
	e.close('}')
	return e.out
}

func (e *encoder) finding(f *Finding) {
	e.open('{')
	e.text("rule", f.Rule)
	e.text("severity", f.Severity)
	e.text("proof", f.Proof)
	e.textIf("file", f.File)
	e.numberIf("line", f.Line)
	e.numberIf("column", f.Column)
	e.text("text", f.Text)
	e.textIf("fix", f.Fix)
	if len(f.Edits) > 0 {
		array(e, "edits", f.Edits, e.edit)
	}
	e.textIf("url", f.URL)
	e.textIf("origin", f.Origin)
	e.texts("sharedIn", f.SharedIn)
	e.texts("cookiesIn", f.CookiesIn)
	e.bool("credentials", f.Credentials)
	if f.Evidence != nil {
		e.name("evidence")
		e.exchange(f.Evidence)
	}
	e.close('}')
}

// Edit is a change of a file: the lines Before, of which the first has the number
// Line, become the lines After. Without lines in Before, the new lines come before
// that line.
type Edit struct {
	File   string   `json:"file"`
	Line   int      `json:"line"`
	Before []string `json:"before,omitempty"`
	After  []string `json:"after,omitempty"`
}

func (e *encoder) edit(c *Edit) {
	e.open('{')
	e.text("file", c.File)
	e.number("line", c.Line)
	e.textsIf("before", c.Before)
	e.textsIf("after", c.After)
	e.close('}')
}
