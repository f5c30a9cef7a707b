package report

// EngineDocument describes an engine's profile.
type EngineDocument struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	// Entries is the number of entries of the profile.
	Entries int `json:"entries"`
	// Derived says how the profile is derived from another one; "" when it is not.
	Derived string `json:"derived,omitempty"`
}

// AppendJSON appends the engine as one line of JSON, without the newline.
func (d *EngineDocument) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("name", d.Name)
	e.number("entries", d.Entries)
	e.textIf("derived", d.Derived)
	e.close('}')
	return e.out
}

// ProfileEntry is one entry of a profile: a difference between a browser and the
// standard, or a choice that the standard leaves to browsers.
type ProfileEntry struct {
	Version int    `json:"version"`
	Name    string `json:"name"`
	// Standard says what the standard requires, Behaviour what the browser does.
	Standard  string `json:"standard"`
	Behaviour string `json:"behaviour"`
	// Source says where the behaviour is documented, Versions which versions have it.
	Source   string `json:"source"`
	Versions string `json:"versions"`
	// Ends says when the browser will change; Port says which build has the behaviour.
	Ends string `json:"ends,omitempty"`
	Port string `json:"port,omitempty"`
	// Scenarios is the number of recorded scenarios that show the entry. Examples
	// names some of them.
	Scenarios int      `json:"scenarios"`
	Examples  []string `json:"examples,omitempty"`
}

// AppendJSON appends the entry as one line of JSON, without the newline.
func (d *ProfileEntry) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", d.Version)
	e.text("name", d.Name)
	e.text("standard", d.Standard)
	e.text("behaviour", d.Behaviour)
	e.text("source", d.Source)
	e.text("versions", d.Versions)
	e.textIf("ends", d.Ends)
	e.textIf("port", d.Port)
	e.number("scenarios", d.Scenarios)
	e.textsIf("examples", d.Examples)
	e.close('}')
	return e.out
}
