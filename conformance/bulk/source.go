package bulk

// The sources of records: what the lines and entries are.
const (
	sourceExchange = "exchange"
	sourceScenario = "scenario"
	sourceHAR      = "har"
	sourceProxy    = "proxy"
	sourceArchive  = "httparchive"
	sourceCrawl    = "commoncrawl"
)

// limits says what the records of a source cannot show.
var limits = map[string]string{
	sourceExchange: "Exchanges: what was not recorded, such as a preflight from the browser's memory, is assumed to allow everything.",
	sourceScenario: "Scenarios: a made-up server is as good as its rules; such records say nothing about how frequent something is on the web.",
	sourceHAR:      "HAR files: they hold what one person or test did, often logged in as one user. A preflight that the browser remembered is not in the file.",
	sourceProxy:    "Proxy logs: a proxy sees no request that a browser refused to send or answered from a cache, and most do not say which script asked.",
	sourceArchive:  "HTTP Archive: its browser opens each page once, with an empty cache, not logged in, and clicks on nothing. Responses after a log-in and preflights of later actions are missing.",
	sourceCrawl:    "Common Crawl: its crawler sends no Origin, sees no preflight, and is not logged in. A server that answers each Origin with that Origin looks here as if it had no CORS headers. No request here was made by a page, so none is judged.",
}

// Limits returns what the records of the summary cannot show, a sentence or more for
// each source.
func (s *Summary) Limits() []string {
	var out []string
	for _, source := range []string{sourceExchange, sourceScenario, sourceHAR, sourceProxy, sourceArchive, sourceCrawl} {
		if s.Sources[source] > 0 {
			out = append(out, limits[source])
		}
	}
	return out
}
