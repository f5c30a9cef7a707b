package jsonask

import (
	"context"
	"errors"
	"strconv"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/textfmt"
)

// page is a page that is kept open.
type page struct {
	scenario *scenario.Scenario
	profile  *browser.Profile
	session  *scenario.Session
}

// call is a call that waits for responses. Its goroutine sends a state, and then waits
// for the response, as often as the call makes requests.
type call struct {
	states chan []byte
	// responses gets what answers the request of the last state.
	responses chan response
	cancel    context.CancelFunc
}

// response is a response of the network, or why none came.
type response struct {
	*fetch.WireResponse
	err error
}

// callKey is the key of a call in the context of its run.
type callKey struct{}

// roundTrip asks the owner of the call for the response.
func (c *call) roundTrip(ctx context.Context, number int, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	shown := report.NewRequest(req)
	shown.Body = fetch.IsomorphicDecode(req.Body)
	out := append(appendNumber(nil, number), `,"preflight":`...)
	out = append(strconv.AppendBool(out, req.IsPreflight()), `,"request":`...)
	c.states <- append(shown.AppendJSON(out), '}')
	r := <-c.responses
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return r.WireResponse, r.err
}

// appendNumber begins a state.
func appendNumber(out []byte, number int) []byte {
	return strconv.AppendInt(append(out, `{"call":`...), int64(number), 10)
}

// open opens a page.
func (a *Asker) open(_ context.Context, q *question) ([]byte, error) {
	p, s, err := q.profileAndScenario()
	if err != nil {
		return nil, err
	}
	runner := scenario.Runner{Profile: p, Transport: fetch.TransportFunc(network)}
	session, err := runner.Open(s, a.NewBrowser(p, append(s.World.Options(), a.Options...)...))
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.pages == nil {
		a.pages = make(map[int]*page)
	}
	number := a.number()
	a.pages[number] = &page{s, p, session}
	return append(strconv.AppendInt([]byte(`{"page":`), int64(number), 10), '}'), nil
}

// numbered is a call with its number.
type numbered struct {
	*call
	number int
}

// network passes a request to the call that makes it.
func network(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	c := ctx.Value(callKey{}).(numbered)
	return c.roundTrip(ctx, c.number, req)
}

// close forgets a page. Calls that run go on.
func (a *Asker) close(_ context.Context, q *question) ([]byte, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.pages, q.page)
	return []byte(`{}`), nil
}

// start begins a call. The context of the question does not end it: cancel does.
func (a *Asker) start(_ context.Context, q *question) ([]byte, error) {
	step, err := scenario.DecodeStep(q.step)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	p := a.pages[q.page]
	if p == nil {
		a.mu.Unlock()
		return nil, textfmt.Errorf("there is no open page %d", q.page)
	}
	if a.calls == nil {
		a.calls = make(map[int]*call)
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := numbered{&call{make(chan []byte, 1), make(chan response), cancel}, a.number()}
	a.calls[c.number] = c.call
	a.mu.Unlock()
	go a.play(context.WithValue(ctx, callKey{}, c), c, p, step)
	return <-c.states, nil
}

// play makes the call and sends its last state.
func (a *Asker) play(ctx context.Context, c numbered, p *page, step scenario.Step) {
	answer, err := ended(ctx, c.number, p, step)
	if err != nil {
		answer = appendError(nil, err)
	}
	a.mu.Lock()
	delete(a.calls, c.number)
	a.mu.Unlock()
	c.cancel()
	c.states <- answer
}

// ended makes the call and returns its last state.
func ended(ctx context.Context, number int, p *page, step scenario.Step) (state []byte, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = textfmt.Errorf("corsim fails on this call: %v", v)
		}
	}()
	played, err := p.session.Play(ctx, step)
	if err != nil {
		return nil, err
	}
	run := &scenario.Run{Scenario: p.scenario, Profile: p.profile, Steps: []scenario.StepRun{played}}
	story := answer.Story(run)
	if err := answer.AddRepairs(ctx, story, nil); err != nil {
		return nil, err
	}
	out := append(appendNumber(nil, number), `,"observation":`...)
	out = append(run.Observation().AppendJSON(out), `,"story":`...)
	return append(story.Document().AppendJSON(out), '}'), nil
}

// feed gives a call the response to its request.
func (a *Asker) feed(_ context.Context, q *question) ([]byte, error) {
	c, err := a.running(q)
	if err != nil {
		return nil, err
	}
	r, err := q.readResponse()
	if err != nil {
		return nil, err
	}
	c.responses <- r
	return <-c.states, nil
}

// cancel ends a call. Its goroutine ends too.
func (a *Asker) cancel(_ context.Context, q *question) ([]byte, error) {
	c, err := a.running(q)
	if err != nil {
		return []byte(`{}`), nil // it has ended before
	}
	c.cancel()
	c.responses <- response{}
	<-c.states
	return []byte(`{}`), nil
}

func (a *Asker) running(q *question) (*call, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c := a.calls[q.call]; c != nil {
		return c, nil
	}
	return nil, textfmt.Errorf("there is no running call %d", q.call)
}

// readResponse returns the response of a question.
func (q *question) readResponse() (response, error) {
	switch {
	case q.fault != "":
		fault, err := fetch.ParseConnectionFault(q.fault)
		return response{err: &fetch.ConnectionError{Fault: fault, Err: errors.New("no response came")}}, err
	case q.response == "":
		return response{}, errors.New("response: the question has none, and no fault")
	}
	r, err := scenario.DecodeResponse(q.response)
	return response{WireResponse: r}, err
}
