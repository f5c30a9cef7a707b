package browser

// webkitLocalNetworkEntries are about local network access.
func webkitLocalNetworkEntries() []Entry {
	return []Entry{{
		Name:      "no-local-network-access",
		Standard:  "A page needs the user's permission to reach servers that are less public than its own.",
		Behaviour: "Nothing is checked; only mixed content is blocked.",
		Source:    "seen in recordings",
		Versions:  "all",
		apply: func(r *rules) {
			r.beforeSending = r.beforeSending.Remove("local-network")
			r.localNetwork.IgnoreTarget = true
		},
	}}
}
