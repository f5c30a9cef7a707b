package report

// LintDocument is what was found in one configuration, as JSON.
type LintDocument struct {
	Version int    `json:"version"`
	File    string `json:"file"`
	// Kind is the kind of the configuration; "" when it could not be read.
	Kind string `json:"kind,omitempty"`
	// Origin is the origin that was taken to be the one to allow.
	Origin   string    `json:"origin,omitempty"`
	Findings []Finding `json:"findings"`
	// Suppressed is the number of findings that the user wants to leave as they are.
	Suppressed int `json:"suppressed,omitzero"`
	// Incomplete says what is not known.
	Incomplete []string `json:"incomplete,omitempty"`
	// Error says why the configuration could not be read.
	Error string `json:"error,omitempty"`
	// Skipped says why a file of a folder is not a configuration.
	Skipped string `json:"skipped,omitempty"`
}

// AppendJSON appends the result as one line of JSON, without the newline.
func (d *LintDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("file", d.File)
	e.textIf("kind", d.Kind)
	e.textIf("origin", d.Origin)
	array(e, "findings", d.Findings, e.finding)
	e.numberIf("suppressed", d.Suppressed)
	e.textsIf("incomplete", d.Incomplete)
	e.textIf("error", d.Error)
	e.textIf("skipped", d.Skipped)
	e.close('}')
	return e.out
}
