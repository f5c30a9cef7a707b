package explain

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain/console"
)

// localNetworkCheck is the check of local network access. None of the causes of its failures
// is in the server.
const localNetworkCheck = "wicg.github.io/local-network-access/#local-network-access-check"

// spacesOf returns the address space of the server that a message names, and the one
// that script has declared.
func spacesOf(fields []console.Field, reason fetch.Reason) (server, declared string) {
	var spaces []string
	for _, f := range fields {
		if f.Name == "space" {
			spaces = append(spaces, f.Value)
		}
	}
	switch {
	case len(spaces) == 0:
		return "", ""
	case reason == fetch.ReasonLocalNetworkOtherSpace && len(spaces) == 2:
		return spaces[1], spaces[0]
	}
	return spaces[0], ""
}
