package conformance

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
)

// Dimension is one part of an observation that is compared separately.
type Dimension uint8

// The dimensions, in the order in which they are printed.
const (
	// DimensionOutcome: the word for the outcome.
	DimensionOutcome Dimension = iota
	// DimensionWire: the requests in order, with the headers that matter to
	// CORS and those that the author set.
	DimensionWire
	// DimensionMetadata: referer and sec-fetch-* of these requests.
	DimensionMetadata
	// DimensionResponse: what script sees of the response, of the image in a canvas, of a
	// frame and of the subprotocol of a WebSocket.
	DimensionResponse
	// DimensionConsole: the messages.
	DimensionConsole
	// DimensionIssues: the engine's machine-readable codes.
	DimensionIssues
	dimensions
)

var dimensionWords = enum.New[Dimension]("dimension", "outcome", "wire", "metadata", "response", "console", "issues")

// String returns the dimension's word.
func (d Dimension) String() string { return dimensionWords.Word(d) }

// ParseDimension returns the dimension of a word. The error for an unknown word
// lists the known ones.
func ParseDimension(word string) (Dimension, error) { return dimensionWords.Parse(word) }

// Dimensions returns all dimensions in order.
func Dimensions() []Dimension {
	return []Dimension{
		DimensionOutcome, DimensionWire, DimensionMetadata, DimensionResponse, DimensionConsole, DimensionIssues,
	}
}

// Disagreement is the first step in which two observations differ in one
// dimension. A step of -1 means that the numbers of steps differ.
type Disagreement struct {
	Dimension Dimension
	Step      int
}

// Compare compares what was observed with what was wanted, step by step, and
// returns at most one disagreement a dimension, in the order of dimensions.
// The response counts only where the outcomes are equal, the metadata only
// where the numbers of requests are.
func Compare(authors AuthorNames, want, got *scenario.Observation) []Disagreement {
	var out []Disagreement
	for _, d := range Dimensions() {
		if len(want.Steps) != len(got.Steps) {
			out = append(out, Disagreement{Dimension: d, Step: -1})
			continue
		}
		for i := range want.Steps {
			if !agree(d, authors, &want.Steps[i], &got.Steps[i]) {
				out = append(out, Disagreement{Dimension: d, Step: i})
				break
			}
		}
	}
	return out
}

func agree(d Dimension, authors AuthorNames, want, got *scenario.StepObservation) bool {
	switch d {
	case DimensionOutcome:
		return want.Outcome == got.Outcome
	case DimensionWire:
		return slices.EqualFunc(want.Wire, got.Wire, func(a, b scenario.WireObservation) bool {
			return a.Method == b.Method && a.URL == b.URL && a.Body == b.Body &&
				slices.Equal(selectHeaders(a.Header, authors.counts), selectHeaders(b.Header, authors.counts))
		})
	case DimensionMetadata:
		return len(want.Wire) != len(got.Wire) || slices.EqualFunc(want.Wire, got.Wire, func(a, b scenario.WireObservation) bool {
			return slices.Equal(selectHeaders(a.Header, isMetadata), selectHeaders(b.Header, isMetadata))
		})
	case DimensionResponse:
		return want.Outcome != got.Outcome || sameResponse(want.Response, got.Response) && sameEvents(want.Error.Value, got.Error.Value) &&
			want.Readable == got.Readable && want.ReadError == got.ReadError && want.Message == got.Message && want.Protocol == got.Protocol
	case DimensionIssues:
		return slices.Equal(want.Issues, got.Issues)
	}
	return slices.Equal(want.Console, got.Console)
}

// sameEvents reports whether two steps end with the same events of a WebSocket. Other
// errors are messages of the browser, which the console's dimension compares.
func sameEvents(want, got string) bool {
	return !scenario.IsSocketEvent(want) && !scenario.IsSocketEvent(got) || want == got
}

func sameResponse(a, b *scenario.ResponseObservation) bool {
	if a == nil || b == nil {
		return a == b
	}
	all := func(string) bool { return true }
	return a.Type == b.Type && a.Status == b.Status && a.URL == b.URL && a.Redirected == b.Redirected &&
		a.Body == b.Body && slices.Equal(selectHeaders(a.Header, all), selectHeaders(b.Header, all))
}

// selectHeaders returns the headers whose lower-case name is wanted, sorted by
// name and value.
func selectHeaders(headers []scenario.HeaderText, wanted func(name string) bool) []scenario.HeaderText {
	out := make([]scenario.HeaderText, 0, len(headers))
	for _, h := range headers {
		if name := fetch.ByteLowercase(h.Name); wanted(name) {
			out = append(out, scenario.HeaderText{Name: name, Value: h.Value})
		}
	}
	slices.SortFunc(out, func(a, b scenario.HeaderText) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Value, b.Value)
	})
	return out
}

func isMetadata(name string) bool { return name == "referer" || strings.HasPrefix(name, "sec-fetch-") }

// AuthorNames says which request headers a page's author set, for these count
// in the wire dimension besides those that matter to CORS.
type AuthorNames struct {
	names []string // in lower case
	// guess: there is no scenario. Headers on the wire that browsers do not add
	// themselves are assumed to be the author's.
	guess bool
}

// AuthorNamesOf returns the names of a scenario's steps.
func AuthorNamesOf(s *scenario.Scenario) AuthorNames {
	var a AuthorNames
	for _, step := range s.Steps {
		for _, h := range scenario.HeaderOf(step) {
			// The value of User-Agent only says which browser sent it.
			if name := fetch.ByteLowercase(scenario.TextOfBytes(h.Name)); name != "user-agent" && !slices.Contains(a.names, name) {
				a.names = append(a.names, name)
			}
		}
	}
	return a
}

// GuessAuthorNames is for comparing without the scenario: it guesses from the
// requests which headers the author set.
func GuessAuthorNames() AuthorNames { return AuthorNames{guess: true} }

func (a AuthorNames) counts(name string) bool {
	switch name {
	case "origin", "access-control-request-method", "access-control-request-headers",
		"content-type", "cookie", "authorization", "range":
		return true
	}
	if !a.guess {
		return slices.Contains(a.names, name)
	}
	return !strings.HasPrefix(name, "sec-") && !slices.Contains(browserHeaders, name)
}

// browserHeaders are headers that browsers add themselves and that an observation
// does not leave out.
var browserHeaders = []string{"referer", "user-agent", "ect", "rtt", "downlink", "dpr", "width", "viewport-width", "purpose"}
