package servers

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// Difference is one probe that a model answers in another way than the real server.
type Difference struct {
	Probe     *Probe
	Got, Want string
	// Unknown reports whether the model did not answer because something is not
	// known.
	Unknown bool
}

// String returns the request and both answers.
func (d Difference) String() string {
	return fmt.Sprintf("probe %d (%s): %s %s %v\n--- got\n%s\n--- want\n%s", d.Probe.ID, d.Probe.Kind, d.Probe.Method, d.Probe.Target, d.Probe.Headers, d.Got, d.Want)
}

// Compare sends the probes of a recording to a model and returns where it answers
// in another way, in the order of the probes. Compared are the status and the lines
// of Access-Control-*, Vary, Allow and Location with their values and order.
func Compare(ctx context.Context, model server.Answerer, r *Recording, probes map[int]*Probe) ([]Difference, error) {
	var out []Difference
	for _, id := range slices.Sorted(maps.Keys(r.Answers)) {
		p := probes[id]
		if p == nil {
			return nil, fmt.Errorf("there is no probe %d", id)
		}
		want := r.Answers[id].key(r.Setup.System)
		got, unknown, err := ask(ctx, model, p, r.Setup.System)
		if err != nil {
			return nil, fmt.Errorf("probe %d: %w", id, err)
		}
		if got != want {
			out = append(out, Difference{Probe: p, Got: got, Want: want, Unknown: unknown})
		}
	}
	return out, nil
}

// ask returns what of a model's answer is compared.
func ask(ctx context.Context, model server.Answerer, p *Probe, system string) (key string, unknown bool, err error) {
	a, err := model.Answer(ctx, p.Request())
	if errors.Is(err, fetch.ErrNoAnswer) {
		return noAnswer, false, nil
	}
	if u, ok := errors.AsType[*server.UnknownError](err); ok {
		return "unknown: " + u.Error(), true, nil
	}
	if err != nil {
		return "", false, err
	}
	key = (&Recorded{Status: a.Status, Header: a.Header}).key(system)
	if a.StatusUnknown != nil {
		return "status unknown: " + a.StatusUnknown.Error() + "\n" + key, true, nil
	}
	return key, false, nil
}

const noAnswer = "no answer"

// setOfAllow are the systems in which the order of the methods in Allow changes at
// every start.
var setOfAllow = []string{"flask", "starlette", "apache", "django"}

// sayWhatTheySaw are the systems whose recordings keep what the server behind them saw.
var sayWhatTheySaw = []string{"vite", "webpack-dev-server", "create-react-app"}

// key returns what of an answer is compared, a line each.
func (r *Recorded) key(system string) string {
	if r.Error != "" {
		return noAnswer
	}
	lines := []string{fmt.Sprint(r.Status)}
	for _, h := range r.Header {
		name := fetch.ByteLowercase(h.Name)
		if !compared(name) && !(slices.Contains(sayWhatTheySaw, system) && strings.HasPrefix(name, "x-saw-")) {
			continue
		}
		value := h.Value
		if name == "allow" && slices.Contains(setOfAllow, system) {
			methods := strings.Split(value, ",")
			for i := range methods {
				methods[i] = strings.TrimSpace(methods[i])
			}
			slices.Sort(methods)
			value = strings.Join(methods, ", ")
		}
		lines = append(lines, name+": "+value)
	}
	return strings.Join(lines, "\n")
}

// compared reports whether headers of a name are compared.
func compared(name string) bool {
	return strings.HasPrefix(name, "access-control-") || name == "vary" || name == "allow" || name == "location"
}
