package console

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// ForReason returns what the engines print for a reason: for each engine the
// messages that name the fewest other reasons.
func ForReason(reason fetch.Reason) []Message {
	var out []Message
	for _, e := range [...]browser.Engine{browser.EngineChromium, browser.EngineFirefox, browser.EngineWebKit} {
		fewest := 0
		var best []Message
		for _, f := range messages {
			if f.Engine != e || f.Warning || f.isScriptError() || !slices.Contains(f.Reasons, reason) {
				continue
			}
			if n := len(f.Reasons); best == nil || n < fewest {
				best, fewest = nil, n
			} else if n > fewest {
				continue
			}
			best = append(best, f)
		}
		out = append(out, best...)
	}
	return out
}

// ByCode returns the messages that go by a code: one of Chromium's CorsError names
// or network errors, one of Firefox's message keys, or the address of MDN's page
// about one, in full or its last part. Case does not matter, and neither do Chromium's leading
// k and Preflight, nor the digits at the end of Firefox's keys.
func ByCode(code string) []Message {
	wanted := plainCode(code)
	var out []Message
	for _, f := range messages {
		if f.Code != "" && wanted != "" && (plainCode(f.Code) == wanted || strings.EqualFold(f.Code, code)) {
			out = append(out, f)
		}
	}
	return out
}

// plainCode is a code without what comes and goes with versions.
func plainCode(code string) string {
	plain := strings.ToLower(strings.TrimSpace(code))
	plain = plain[strings.LastIndexByte(plain, '/')+1:]
	plain = strings.TrimPrefix(strings.ReplaceAll(plain, " ", ""), "net::")
	plain = strings.TrimRight(plain, "0123456789")
	plain = strings.TrimPrefix(plain, "network.mojom.")
	for _, access := range accessErrors {
		access = strings.ToLower(access)
		if plain == "k"+access || plain == "preflight"+access || plain == "kpreflight"+access {
			return access
		}
	}
	if rest, ok := strings.CutPrefix(plain, "k"); ok && isChromiumCode(rest) {
		return rest
	}
	return plain
}

func isChromiumCode(plain string) bool {
	return slices.ContainsFunc(chromiumForms, func(f Message) bool { return strings.EqualFold(f.Code, plain) })
}
