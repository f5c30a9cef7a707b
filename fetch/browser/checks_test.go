package browser

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// TestOrderOfChecks shows the order of the checks in each profile.
func TestOrderOfChecks(t *testing.T) {
	moments := []struct {
		name string
		of   func(*rules) []string
		// want is the order by profile; a profile that is missing has the
		// standard's order.
		want map[string]string
	}{
		{"before-sending", func(r *rules) []string { return r.beforeSending.Names() }, map[string]string{
			"spec":     "csp-report csp-upgrade upgrade bad-port mixed-content csp local-network",
			"chromium": "csp-of-calls fetch-modes csp-report form-action-report csp-upgrade track-modes upgrade url-credentials csp form-action csp-paths csp-of-sockets protocols-of-sockets mixed-content keepalive-limit bad-port local-network",
			"firefox":  "csp-of-sockets track-modes keepalive-limit fetch-modes csp-upgrade csp-of-redirects upgrade mixed-content-of-sockets csp mixed-content bad-port local-network",
			"webkit":   "csp-of-beacons csp-upgrade csp-of-sockets protocols-of-sockets csp-of-calls call-schemes fetch-modes stream-upload media-port upgrade csp-before-mixed-content first-mixed-content bad-port mixed-content csp keepalive-limit null-address",
		}},
		{"on-answer", func(r *rules) []string { return r.onAnswer.Names() }, map[string]string{
			"spec":     "cors timing-allow resource-policy",
			"chromium": "location cors timing-allow resource-policy opaque-blocking",
			"firefox":  "location frame-embedder-policy resource-policy element-type cors timing-allow opaque-blocking",
		}},
		{"on-redirect", func(r *rules) []string { return r.onRedirect.Names() }, map[string]string{
			"spec":     "redirect-mode location scheme redirect-count credentials credentials-under-cors stream-body",
			"chromium": "redirect-mode-before-scheme location scheme redirect-count credentials credentials-under-cors stream-body redirect-mode",
			"webkit":   "frame-embedder-policy redirect-mode location scheme redirect-count credentials credentials-under-cors stream-body cors-with-credentials",
		}},
		{"after-receiving", func(r *rules) []string { return r.afterReceiving.Names() }, map[string]string{
			"spec": "mixed-content mime-type nosniff partial-content",
		}},
		{"preflight", func(r *rules) []string { return r.preflight.Checks.Names() }, map[string]string{
			"spec":     "cors status allow-methods allow-headers upload-listener method authorization header-names keep-grant",
			"chromium": "redirect cors status allow-methods allow-headers method authorization header-names keep-grant",
			"firefox":  "cors status allow-methods method allow-headers header-names keep-grant",
			"webkit":   "status cors allow-methods allow-headers keep-grant method header-names",
		}},
	}
	for _, moment := range moments {
		for _, p := range []*Profile{Spec(), Chromium(), Firefox(), WebKit()} {
			t.Run(moment.name+"/"+p.name, func(t *testing.T) {
				want, own := moment.want[p.name]
				if !own {
					want = moment.want["spec"]
				}
				assert.Equal(t, strings.Join(moment.of(&p.rules), " "), want)
			})
		}
	}
}

// TestEntriesStandAlone applies each entry alone to the standard's rules. An
// entry names only checks of the standard, so a profile may omit any other
// entry.
func TestEntriesStandAlone(t *testing.T) {
	for _, p := range Profiles() {
		for _, e := range p.entries {
			t.Run(p.name+"/"+e.Name, func(t *testing.T) { newProfile(p.name, p.engine, e) })
		}
	}
}
