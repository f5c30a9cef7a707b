package servers

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// ErrNotRecorded says that no probe of a recording is like a request.
var ErrNotRecorded = errors.New("no probe is like this request")

// Replay is a server that answers with what was recorded. Origins that the probes do
// not have stand for one that they have: every unknown site for https://evil.com, and
// each kind of look-alike of https://myapp.com for the one that was tried. Where the
// recorded response repeats the origin, the replayed one repeats that of the request.
type Replay struct {
	answers map[replayKey]*Recorded
}

// replayKey is what distinguishes probes.
type replayKey struct {
	method, target, origin, requestMethod, requestHeaders string
	hasOrigin, isPreflight, hasCookie                     bool
}

// NewReplay returns the server of a recording.
func NewReplay(r *Recording, probes map[int]*Probe) *Replay {
	out := &Replay{make(map[replayKey]*Recorded)}
	for _, id := range sortedIDs(r.Answers) {
		if p := probes[id]; p != nil && !hasOddity(p) {
			key := keyOf(p.Request())
			if _, ok := out.answers[key]; !ok {
				out.answers[key] = r.Answers[id]
			}
		}
	}
	return out
}

func sortedIDs(answers map[int]*Recorded) []int {
	var out []int
	for id := range answers {
		out = append(out, id)
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}

// hasOddity reports whether a probe is one that no browser sends.
func hasOddity(p *Probe) bool {
	return p.Kind == "raw" || strings.HasPrefix(p.Kind, "odd-") && p.Kind != "odd-origin"
}

// keyOf returns the key of a request. Names of headers are compared as a set.
func keyOf(req *server.Request) replayKey {
	path, _, _ := strings.Cut(req.Target, "?")
	k := replayKey{method: req.Method, target: path, hasCookie: req.Header.Contains("Cookie")}
	k.origin, k.hasOrigin = req.Header.Get(fetch.HeaderOrigin)
	k.requestMethod, k.isPreflight = req.Header.Get(fetch.HeaderRequestMethod)
	if names, ok := req.Header.Get(fetch.HeaderRequestHeaders); ok {
		parts := strings.Split(strings.ReplaceAll(fetch.ByteLowercase(names), " ", ""), ",")
		slices.Sort(parts)
		k.requestHeaders = strings.Join(parts, ",")
	}
	return k
}

// Answer answers like the recorded server. The error is [ErrNotRecorded] for a request
// that no probe is like, and [fetch.ErrNoAnswer] when there was no answer.
func (r *Replay) Answer(_ context.Context, req *server.Request) (*server.Answer, error) {
	key := keyOf(req)
	own := key.origin
	if key.hasOrigin {
		key.origin = recordedOrigin(own)
	}
	recorded, ok := r.answers[key]
	if !ok && key.hasCookie {
		// Only few probes have a cookie; most servers do not look at it.
		key.hasCookie = false
		recorded, ok = r.answers[key]
	}
	if !ok {
		if recorded, ok = r.answers[key.standIn()]; !ok {
			return nil, ErrNotRecorded
		}
	}
	if recorded.Error != "" {
		return nil, fetch.ErrNoAnswer
	}
	out := &server.Answer{Status: recorded.Status, Header: slices.Clone(recorded.Header)}
	for i, h := range out.Header {
		if own != key.origin && h.Value == key.origin && fetch.EqualFold(h.Name, fetch.HeaderAllowOrigin) {
			out.Header[i].Value = own
		}
	}
	return out, nil
}

// IsExact reports whether a request was recorded as it is, without another origin,
// path or cookie in its place.
func (r *Replay) IsExact(req *server.Request) bool {
	_, ok := r.answers[keyOf(req)]
	return ok
}

// standIn returns the key of a probe that servers answer in the same way: that with a
// second header that needs permission, or that for another path that does not exist.
func (k replayKey) standIn() replayKey {
	if k.requestHeaders == "authorization" {
		k.requestHeaders = "authorization,content-type"
	}
	if strings.HasSuffix(k.target, "/no-such-resource") {
		k.target = "/api/missing"
	}
	return k
}

// RoundTrip answers a browser's request.
func (r *Replay) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	a, err := r.Answer(ctx, server.RequestFromWire(req))
	if err != nil {
		return nil, err
	}
	return a.Response(req.Method), nil
}

// recordedOrigins are the origins of the probes that browsers send.
var recordedOrigins = []string{
	"https://myapp.com", "https://evil.com", "https://otherapp.com", "null", "http://myapp.com", "http://localhost:3000", "https://myapp.com.evil.com",
	"https://evilmyapp.com", "https://myappxcom", "https://sub.myapp.com", "https://myapp.com:8443",
}

// recordedOrigin returns the origin of the probes that stands for an origin; the
// origin itself when none does.
func recordedOrigin(o string) string {
	host := strings.TrimPrefix(o, "https://")
	switch {
	case slices.Contains(recordedOrigins, o) || !strings.HasPrefix(o, "https://"):
		return o
	case !strings.Contains(host, "myapp") && !strings.Contains(host, "localhost") && !strings.Contains(host, "127.0.0.1"):
		return "https://evil.com"
	case strings.HasPrefix(host, "myapp.com:"):
		return "https://myapp.com:8443"
	case strings.HasPrefix(host, "myapp.com.") || strings.HasPrefix(host, "myapp.com") && len(host) > len("myapp.com"):
		return "https://myapp.com.evil.com"
	case strings.HasSuffix(host, ".myapp.com"):
		return "https://sub.myapp.com"
	case strings.HasSuffix(host, "myapp.com"):
		return "https://evilmyapp.com"
	}
	return o
}
