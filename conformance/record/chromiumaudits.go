package record

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// addAudit adds what an event of the DevTools Protocol says of an issue. Issues are not verdicts: one about local network
// access comes also with a request that succeeds.
// https://chromedevtools.github.io/devtools-protocol/tot/Audits/
func (m *messages) addAudit(e cdpMessage) {
	var p struct{ Issue audit }
	if e.Method != "Audits.issueAdded" || json.Unmarshal(e.Params, &p) != nil {
		return
	}
	m.audits = append(m.audits, p.Issue.text())
	slices.Sort(m.audits)
}

// audit is an issue, with what observations have of it.
type audit struct {
	Code    string
	Details struct {
		Cors *struct {
			CorsErrorStatus        struct{ CorsError, FailedParameter string }
			IsWarning              bool
			ResourceIPAddressSpace string
			ClientSecurityState    *struct {
				InitiatorIsSecureContext        bool
				InitiatorIPAddressSpace         string
				LocalNetworkAccessRequestPolicy string
			}
		} `json:"corsIssueDetails"`
		MixedContent *struct{ ResolutionStatus string } `json:"mixedContentIssueDetails"`
		Deprecation  *struct{ Type string }             `json:"deprecationIssueDetails"`
		Blocked      *struct{ Reason string }           `json:"blockedByResponseIssueDetails"`
	}
}

// text returns the issue as observations have it.
func (a *audit) text() string {
	words := []string{a.Code}
	d := &a.Details
	switch {
	case d.Cors != nil:
		words = append(words, a.corsWords()...)
	case d.MixedContent != nil:
		words = append(words, d.MixedContent.ResolutionStatus)
	case d.Deprecation != nil:
		words = append(words, d.Deprecation.Type)
	case d.Blocked != nil:
		words = append(words, d.Blocked.Reason)
	}
	return strings.Join(words, " ")
}

// corsWords returns what an issue about CORS says: the error, and what the client and the server are.
func (a *audit) corsWords() []string {
	d := a.Details.Cors
	reason := d.CorsErrorStatus.CorsError
	if parameter := d.CorsErrorStatus.FailedParameter; parameter != "" {
		reason += "(" + parameter + ")"
	}
	out := []string{reason}
	if d.IsWarning {
		out = append(out, "warning")
	}
	named := func(name, value string) {
		if value != "" {
			out = append(out, name+"="+value)
		}
	}
	named("resource", d.ResourceIPAddressSpace)
	if client := d.ClientSecurityState; client != nil {
		named("initiator", client.InitiatorIPAddressSpace)
		named("secure", strconv.FormatBool(client.InitiatorIsSecureContext))
		named("policy", client.LocalNetworkAccessRequestPolicy)
	}
	return out
}
