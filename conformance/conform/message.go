package conform

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
)

// Protocol is the version of the messages between corsim and adapters.
const Protocol = 1

// greeting is the first message to an adapter.
type greeting struct {
	Protocol int `json:"protocol"`
	// Address is where all servers of all scenarios are: a host and port. It takes
	// clear HTTP and TLS, and is an HTTP proxy too.
	Address string `json:"address"`
	// Authority is the path of a file with the certificate, in PEM, that signs those of
	// the servers.
	Authority string `json:"authority"`
	// KeyHash is the hash of the key of all certificates, as --ignore-certificate-errors-spki-list of
	// Chromium takes it.
	KeyHash string `json:"keyHash"`
	// Seconds is after how many seconds without a result a step has the outcome "error"
	// with the error "timeout".
	Seconds int `json:"seconds"`
}

// Adapter is what an adapter says of itself: its answer to the greeting.
type Adapter struct {
	Protocol int    `json:"protocol"`
	Name     string `json:"name"`
	Version  string `json:"version"`
	// Steps lists the keys of the kinds of step that the implementation can take, such
	// as "fetch" and "xhr".
	Steps []string `json:"steps"`
	// Tags lists the tags of elements that it can load; nil stands for all. Without
	// "element" among the steps it means nothing.
	Tags []string `json:"tags,omitempty"`
	// Cookies: the implementation stores cookies.
	Cookies bool `json:"cookies,omitempty"`
	// Sandbox: it can give a document an opaque origin.
	Sandbox bool `json:"sandbox,omitempty"`
}

// engine returns the name and version for an observation.
func (a *Adapter) engine() string { return strings.TrimSpace(a.Name + " " + a.Version) }

// lacks returns what a scenario needs that the implementation does not have; "" when it
// has everything.
func (a *Adapter) lacks(s *scenario.Scenario) string {
	switch {
	case s.Sandboxed && !a.Sandbox:
		return "sandboxed"
	case len(s.Cookies) > 0 && !a.Cookies:
		return "cookies"
	}
	for _, step := range s.Steps {
		e, isElement := step.(*scenario.ElementStep)
		switch {
		case step.Key() == waitKey:
		case !slices.Contains(a.Steps, step.Key()):
			return step.Key()
		case isElement && a.Tags != nil && !slices.Contains(a.Tags, e.Tag):
			return e.Tag
		}
	}
	return ""
}

// waitKey is the kind of step that corsim takes itself: it waits.
var waitKey = (*scenario.WaitStep)(nil).Key()

// decodeAdapter decodes the answer to the greeting.
func decodeAdapter(line string) (*Adapter, error) {
	if err := refused(line); err != nil {
		return nil, err
	}
	var out Adapter
	if err := decodeStrict(line, &out); err != nil {
		return nil, err
	}
	switch {
	case out.Protocol != Protocol:
		return nil, fmt.Errorf("the adapter speaks version %d of the protocol, and corsim version %d", out.Protocol, Protocol)
	case out.Name == "":
		return nil, errors.New("the answer to the greeting has no name")
	case len(out.Steps) == 0:
		return nil, errors.New("the answer to the greeting has no steps")
	}
	return &out, nil
}

func decodeStrict(line string, out any) error {
	in := json.NewDecoder(strings.NewReader(line))
	in.DisallowUnknownFields()
	if err := in.Decode(out); err != nil {
		return fmt.Errorf("%w, in %s", err, scenario.Quote(line))
	}
	return nil
}

// refusal is an answer that says why a scenario cannot be played.
type refusal struct {
	// Unsupported says what the implementation does not have.
	Unsupported string `json:"unsupported"`
	// Failed says what went wrong.
	Failed string `json:"failed"`
}

// unsupportedError says that the implementation does not have what a scenario needs.
type unsupportedError string

// Error says what is missing.
func (e unsupportedError) Error() string { return "the implementation has no " + string(e) }

// refused returns why an adapter does not start or does not play a scenario; nil when the answer
// says something else.
func refused(line string) error {
	var r refusal
	if decodeStrict(line, &r) != nil {
		return nil
	}
	switch {
	case r.Unsupported != "":
		return unsupportedError(r.Unsupported)
	case r.Failed != "":
		return fmt.Errorf("the adapter says: %s", r.Failed)
	}
	return nil
}

// decodeReady decodes the answer to a scenario.
func decodeReady(line string) error {
	if err := refused(line); err != nil {
		return err
	}
	var out struct {
		Ready bool `json:"ready"`
	}
	if err := decodeStrict(line, &out); err != nil {
		return err
	}
	if !out.Ready {
		return fmt.Errorf(`the answer to a scenario is not {"ready":true}, but %s`, scenario.Quote(line))
	}
	return nil
}

// decodeStep decodes the answer to a step, which is the observation of it without the
// requests: these are seen by the servers.
func decodeStep(line string) (out scenario.StepObservation, err error) {
	if err := refused(line); err != nil {
		return out, err
	}
	o, err := scenario.DecodeObservation(`{"name":"step","engine":"","steps":[` + line + `]}`)
	switch {
	case err != nil:
		return out, fmt.Errorf("the answer to a step: %w, in %s", err, scenario.Quote(line))
	case len(o.Steps) != 1:
		return out, fmt.Errorf("the answer to a step has %d observations", len(o.Steps))
	case o.Steps[0].Wire != nil:
		return out, errors.New("the answer to a step has the key wire: corsim sees the requests itself")
	}
	return o.Steps[0], nil
}
