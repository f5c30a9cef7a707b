package browser

// firefoxServiceWorkerEntries are about the responses of service workers.
func firefoxServiceWorkerEntries() []Entry {
	return []Entry{serviceWorkerResponsesBasic("seen in recordings"), serviceWorkerCORPByMode("seen in recordings")}
}
