package peers

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// trickyCase is a scenario and the correct behaviour in each of its steps.
type trickyCase struct {
	scenario *scenario.Scenario
	calls    []call
	want     []seen
}

// call is what a page passes to fetch(), or the equivalent for XMLHttpRequest.
type call struct {
	URL         string      `json:"url"`
	Method      string      `json:"method"`
	Headers     [][2]string `json:"headers"`
	Body        *string     `json:"body,omitempty"`
	Credentials string      `json:"credentials"`
}

// seen is the result of a call: what script sees, and the requests that reach a
// server.
type seen struct {
	answer
	asked []request
}

// answer is what script sees of a response. Its outcome is "response", or "error"
// if there is no response.
type answer struct {
	Outcome string      `json:"outcome"`
	Status  int         `json:"status"`
	URL     string      `json:"url"`
	Headers [][2]string `json:"headers"`
	Body    string      `json:"body"`
	// Failed says why the peer could not make the call.
	Failed string `json:"failed,omitempty"`
}

// equal reports whether script sees the same. It ignores the order of headers.
func (a *answer) equal(b *answer) bool {
	if a.Outcome != b.Outcome || a.Outcome != response {
		return a.Outcome == b.Outcome
	}
	return a.Status == b.Status && a.URL == b.URL && a.Body == b.Body && slices.Equal(sorted(a.Headers), sorted(b.Headers))
}

const response = string(scenario.OutcomeResponse)

// sorted returns headers sorted by name. It leaves out the headers of the
// connection, because they depend on how a peer makes connections.
func sorted(headers [][2]string) [][2]string {
	var out [][2]string
	for _, h := range headers {
		if name := fetch.ByteLowercase(h[0]); name != "connection" && name != "keep-alive" {
			out = append(out, [2]string{name, h[1]})
		}
	}
	slices.SortStableFunc(out, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return out
}

// perFamily is the largest number of cases of a family in which script sees the
// last response. It is also the largest number of those in which it does not.
const perFamily = 2

// trickyCases returns the first recorded scenarios of each family that end in a
// response, and the first that do not. It takes only scenarios in which three
// browsers did the same, and which have only calls of fetch() or XMLHttpRequest.
// tree is the root folder of the module.
func trickyCases(tree string) ([]trickyCase, error) {
	folder := filepath.Join(tree, "conformance/testdata/browsers")
	var recorded [3]map[string]*scenario.Observation
	for i, engine := range []string{"chromium", "firefox", "webkit"} {
		var err error
		if recorded[i], err = readObservations(filepath.Join(folder, "dev."+engine+".jsonl.gz")); err != nil {
			return nil, err
		}
	}
	scenarios, err := readScenarios(filepath.Join(folder, "dev.scenarios.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	var out []trickyCase
	taken := make(map[string]int)
	for _, s := range scenarios {
		calls, ok := callsOf(s)
		if !ok {
			continue
		}
		want, agreed := agreement(recorded[0][s.Name], recorded[1][s.Name], recorded[2][s.Name])
		if !agreed {
			continue
		}
		kind := s.Family() + " " + want[len(want)-1].Outcome
		if taken[kind]++; taken[kind] <= perFamily {
			out = append(out, trickyCase{s, calls, want})
		}
	}
	return out, nil
}

// agreement returns what the browsers did, if all did the same.
func agreement(observations ...*scenario.Observation) (want []seen, ok bool) {
	for i, o := range observations {
		if o == nil || o.Failed.OK {
			return nil, false
		}
		got := seenIn(o)
		if i == 0 {
			want = got
		}
		same := slices.EqualFunc(want, got, func(a, b seen) bool { return a.equal(&b.answer) && slices.Equal(a.asked, b.asked) })
		if !same {
			return nil, false
		}
	}
	return want, true
}

// seenIn returns what an observation says of each step.
func seenIn(o *scenario.Observation) []seen {
	out := make([]seen, len(o.Steps))
	for i := range o.Steps {
		step := &o.Steps[i]
		out[i].Outcome = string(scenario.OutcomeError)
		if r := step.Response; r != nil && !r.BodyError.OK {
			out[i].answer = answer{Outcome: response, Status: r.Status, URL: r.URL, Headers: pairs(r.Header), Body: r.Body}
		}
		for _, w := range step.Wire {
			sent := request{method: w.Method, url: w.URL}
			for _, h := range w.Header {
				if h.Name == "origin" {
					sent.origin = h.Value
				}
			}
			out[i].asked = append(out[i].asked, sent)
		}
	}
	return out
}

func pairs(headers []scenario.HeaderText) [][2]string {
	out := make([][2]string, len(headers))
	for i, h := range headers {
		out[i] = [2]string{h.Name, h.Value}
	}
	return out
}

// callsOf returns the calls of a scenario. ok is false if the scenario needs
// something that fetch() and XMLHttpRequest do not have in common.
func callsOf(s *scenario.Scenario) (calls []call, ok bool) {
	if s.Sandboxed || len(s.Cookies) > 0 {
		return nil, false
	}
	for _, step := range s.Steps {
		var c call
		switch step := step.(type) {
		case *scenario.FetchStep:
			c, ok = callOfFetch(step)
		case *scenario.XHRStep:
			c, ok = callOfXHR(step)
		default:
			return nil, false
		}
		if !ok || c.Body != nil && !isASCII(*c.Body) {
			return nil, false
		}
		calls = append(calls, c)
	}
	return calls, true
}

func callOfFetch(s *scenario.FetchStep) (c call, ok bool) {
	plain := s.Mode.Value == "" || s.Mode.Value == "cors"
	plain = plain && (s.Redirect.Value == "" || s.Redirect.Value == "follow")
	plain = plain && !s.Cache.OK && s.Kind == "" && !s.Duplex.OK && (!s.Method.OK || s.Method.Value != "")
	c = call{URL: s.URL, Method: "GET", Credentials: "same-origin", Headers: [][2]string{}}
	if s.Method.OK {
		c.Method = s.Method.Value
	}
	if s.Credentials.OK {
		c.Credentials = s.Credentials.Value
	}
	if s.Body.OK {
		c.Body = &s.Body.Value
	}
	for _, h := range s.Header {
		c.Headers = append(c.Headers, [2]string{scenario.TextOfBytes(h.Name), scenario.TextOfBytes(h.Value)})
	}
	return c, plain && slices.Contains([]string{"same-origin", "include", "omit"}, c.Credentials)
}

func callOfXHR(s *scenario.XHRStep) (c call, ok bool) {
	f := scenario.FetchStep{URL: s.URL, Header: s.Header, Body: s.Body}
	if s.Method != "" {
		f.Method = scenario.Some(s.Method)
	}
	if s.WithCredentials {
		f.Credentials = scenario.Some("include")
	}
	c, ok = callOfFetch(&f)
	return c, ok && !s.UploadListener
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x80 })
}

// readScenarios and readObservations read all of a file.
func readScenarios(file string) ([]*scenario.Scenario, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	var out []*scenario.Scenario
	for r := scenario.NewReader(in, file); ; {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
}

func readObservations(file string) (map[string]*scenario.Observation, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return scenario.NewObservationReader(in, file).ReadAll()
}
