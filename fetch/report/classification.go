package report

import "github.com/corsim/corsim/fetch/explain"

// Classification is what a request is to CORS, found without a server.
type Classification struct {
	Version int `json:"version"`
	// Page is the page's URL, Origin its origin in the Origin header.
	Page   string `json:"page"`
	Origin string `json:"origin"`
	URL    string `json:"url"`
	// Kind is same-origin, no-cors, simple, preflighted, local or refused. It is
	// empty if the call threw.
	Kind string `json:"kind,omitempty"`
	// Outcome is blocked or threw if the request is not sent.
	Outcome string `json:"outcome,omitempty"`
	// Failure says why it is not sent.
	Failure *Failure `json:"failure,omitzero"`
	// Causes says why a preflight is needed.
	Causes []Cause `json:"causes,omitempty"`
	// Policies are the policies other than CORS that say something about the request.
	Policies []Policy `json:"policies,omitempty"`
	// Preflight and Request are the requests to send.
	Preflight *Request `json:"preflight,omitzero"`
	Request   *Request `json:"request,omitzero"`
	// Own says what browsers send where the page's scheme is neither http nor https.
	// Origin is then that of the first of them, and headers that differ are left out.
	Own *PageScheme `json:"own,omitzero"`
}

// Policy is a policy other than CORS, and what it says about a request.
type Policy struct {
	// Name is the name of the policy's header or of the rule.
	Name string `json:"name"`
	Text string `json:"text"`
}

// NewPolicies returns policies in the form of their JSON.
func NewPolicies(policies []explain.AppliedPolicy) []Policy {
	out := make([]Policy, len(policies))
	for i, p := range policies {
		out[i] = Policy(p)
	}
	return out
}

// AppendJSON appends the classification as one line of JSON, without the
// newline.
func (c *Classification) AppendJSON(out []byte) []byte {
	e := &encoder{out}
	e.open('{')
	e.number("version", c.Version)
	e.text("page", c.Page)
	e.text("origin", c.Origin)
	e.text("url", c.URL)
	e.textIf("kind", c.Kind)
	e.textIf("outcome", c.Outcome)
	e.failure(c.Failure)
	e.causes(c.Causes)
	if len(c.Policies) > 0 {
		array(e, "policies", c.Policies, func(p *Policy) {
			e.open('{')
			e.text("name", p.Name)
			e.text("text", p.Text)
			e.close('}')
		})
	}
	if c.Preflight != nil {
		e.name("preflight")
		e.request(c.Preflight)
	}
	if c.Request != nil {
		e.name("request")
		e.request(c.Request)
	}
	e.pageScheme(c.Own)
	e.close('}')
	return e.out
}
