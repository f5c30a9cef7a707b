package record

import (
	"encoding/json"
	"testing"

	"gotest.tools/v3/assert"
)

func TestAudits(t *testing.T) {
	const cors = `{"code": "CorsIssue", "details": {"corsIssueDetails": {"corsErrorStatus": {"corsError": "AllowOriginMismatch", "failedParameter": "https://x.test"},
		"isWarning": true, "resourceIPAddressSpace": "Local",
		"clientSecurityState": {"initiatorIsSecureContext": false, "initiatorIPAddressSpace": "Public", "localNetworkAccessRequestPolicy": "PermissionBlock"}}}}`
	var m messages
	for _, issue := range []string{
		`{"code": "MixedContentIssue", "details": {"mixedContentIssueDetails": {"resolutionStatus": "MixedContentWarning"}}}`,
		`{"code": "DeprecationIssue", "details": {"deprecationIssueDetails": {"type": "OldThing"}}}`,
		`{"code": "BlockedByResponseIssue", "details": {"blockedByResponseIssueDetails": {"reason": "CorpNotSameOrigin"}}}`,
		`{"code": "StylesheetLoadingIssue", "details": {}}`,
		`{"code": "CorsIssue", "details": {"corsIssueDetails": {"corsErrorStatus": {"corsError": "DisallowedByMode"}}}}`,
		cors,
	} {
		m.addChromium(cdpMessage{Method: "Audits.issueAdded", Params: json.RawMessage(`{"issue": ` + issue + `}`)})
	}
	assert.DeepEqual(t, m.audits, []string{
		"BlockedByResponseIssue CorpNotSameOrigin",
		"CorsIssue AllowOriginMismatch(https://x.test) warning resource=Local initiator=Public secure=false policy=PermissionBlock",
		"CorsIssue DisallowedByMode", "DeprecationIssue OldThing", "MixedContentIssue MixedContentWarning", "StylesheetLoadingIssue",
	})
}
