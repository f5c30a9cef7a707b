package browser

import (
	"context"
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

const anchorEventSource = "html.spec.whatwg.org/#dom-eventsource"

// EventSource does what new EventSource() does until the connection opens or
// fails. It does not reconnect.
// https://html.spec.whatwg.org/#dom-eventsource
func (e *environment) EventSource(ctx context.Context, init EventSourceInit) (*Result, error) {
	if e.transport == nil {
		return nil, ErrNoTransport
	}
	f := new(fetcher)
	r := f.begin(e, APIEventSource, &init)
	// Steps 3 and 4: the URL.
	u, err := e.parseURL(init.URL)
	if err != nil {
		return r.threw(thrown(anchorEventSource, "4", fetch.ReasonURLMalformed, init.URL)), nil
	}
	// Steps 6 and 7: CORS for every URL.
	state := CrossOriginAnonymous
	if init.WithCredentials {
		state = CrossOriginUseCredentials
	}
	// Steps 8 to 11: the request.
	req := e.potentialCORSRequest(u, fetch.DestinationNone, state)
	req.Header.Append("Accept", "text/event-stream")
	req.Cache = fetch.CacheNoStore
	r, err = f.run(ctx, req)
	if err != nil || r.Outcome == Blocked {
		// WebKit: the policy is asked before anything else (csp-event-sources-throw).
		if err == nil && r.Failure.Reason == fetch.ReasonCSP && e.rules().EventSourceThrowsOnCSP {
			r.Outcome = Threw
		}
		return r, err
	}
	resp := r.Response
	// WebKit: the first type of the last line counts (first-type).
	if e.rules().LastLineOfEventStream {
		resp = withType(resp, lastTypeLine(resp.Header))
	}
	return r.consume(checkEventStream(e.rules().typed(resp))), nil
}

// checkEventStream is step 15.3: it returns the failure of a response that is
// not an event stream.
// https://html.spec.whatwg.org/#dom-eventsource
func checkEventStream(resp *fetch.Response) *fetch.Failure {
	if resp.Status != 200 {
		return thrown(anchorEventSource, "15.3", fetch.ReasonEventSourceStatus, strconv.Itoa(resp.Status))
	}
	t, ok := fetch.ExtractMIMEType(resp.Header)
	if ok && t.Essence() == "text/event-stream" {
		return nil
	}
	contentType, _ := resp.Header.Get("Content-Type")
	f := headerFailure(anchorEventSource, "15.3", fetch.ReasonEventSourceType, "Content-Type", contentType)
	f.Want = "text/event-stream"
	return f
}

// consume makes a result blocked if the API does not accept the response.
func (r *Result) consume(failure *fetch.Failure) *Result {
	if failure != nil {
		r.Outcome, r.Response, r.Failure = Blocked, nil, failure
	}
	return r
}

// potentialCORSRequest returns the request of an element with a crossorigin
// attribute in the given state.
// https://html.spec.whatwg.org/#create-a-potential-cors-request
func (e *environment) potentialCORSRequest(u origin.URL, d fetch.Destination, state CrossOrigin) *fetch.Request {
	req := &fetch.Request{
		Method: "GET", URLList: []origin.URL{u}, Client: &e.client, Origin: e.client.Origin, ReferrerURL: e.elementReferrer(),
		Destination: d, UseURLCredentials: true,
	}
	// Step 1: without the attribute, mode "no-cors".
	req.Mode = fetch.ModeCORS
	if state == CrossOriginNone {
		req.Mode = fetch.ModeNoCORS
	}
	// Steps 3 and 4: the credentials mode is "same-origin" for "anonymous", otherwise "include".
	req.Credentials = fetch.CredentialsInclude
	if state == CrossOriginAnonymous {
		req.Credentials = fetch.CredentialsSameOrigin
	}
	return req
}
