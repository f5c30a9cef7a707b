package ask

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/origin"
)

// writtenHosts match the name of a server in configurations, by their kind: that of a
// site, or one that the program accepts in Host. Names that are at other places, such as
// that of a backend, are not of the server.
var writtenHosts = map[string]*regexp.Regexp{
	"nginx":         regexp.MustCompile(`(?m)^\s*server_name\s+["']?` + hostName),
	"apache":        regexp.MustCompile(`(?m)^\s*ServerName\s+(?:https?://)?` + hostName),
	"caddy":         regexp.MustCompile(`(?m)^(?:https?://)?` + hostName + `[^\n{]*\{\s*$`),
	"django":        regexp.MustCompile(`\bALLOWED_HOSTS\s*\+?=\s*[\[(][^\])]*?["']` + hostName),
	"fastapi":       regexp.MustCompile(`\ballowed_hosts\s*=\s*\[[^\]]*?["']` + hostName),
	"rack-cors":     regexp.MustCompile(`\bconfig\.hosts\s*<<\s*["']` + hostName),
	"ingress-nginx": ruleHost,
	"gateway-api":   ruleHost,
}

// hostName matches the name of a host with a dot in it, with its port; the first label
// may be an asterisk, or missing.
const hostName = `((?:\*?\.)?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::[0-9]+)?)`

// ruleHost matches the host of a rule of Kubernetes.
var ruleHost = regexp.MustCompile(`(?m)(?:^\s*(?:-\s*)?host:\s*|[{,]\s*host:\s*|hostnames:\s*(?:\[\s*|\n\s*-\s*))["']?` + hostName)

// maxHosts is how many servers of one configuration are asked.
const maxHosts = 6

// hostsIn returns the names of servers that the text of a configuration has. A name of
// which any subdomain fits gets one.
func hostsIn(kind, text string) []string {
	pattern, ok := writtenHosts[kind]
	if !ok {
		return nil
	}
	var out []string
	for _, m := range pattern.FindAllStringSubmatch(text, -1) {
		host := m[1]
		if rest := strings.TrimPrefix(host, "*"); strings.HasPrefix(rest, ".") {
			host = "www" + rest
		}
		if u, err := origin.ParseURL("https://" + host); err != nil || u.HasIPAddress() {
			continue
		}
		if len(out) < maxHosts && !slices.Contains(out, host) {
			out = append(out, host)
		}
	}
	return out
}
