package browser

import (
	"context"
	"slices"
	"strconv"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

const anchorBeacon = "w3c.github.io/beacon/#sendbeacon-method"

// Beacon does what navigator.sendBeacon() does. The result has the failure of
// a queued beacon, although no page learns it.
//
// Beacons whose type is not safelisted have mode "cors". The algorithm in the
// standard does not set the unsafe-request flag, without which no type causes
// a preflight. Its prose requires a preflight, so the flag is set here.
// https://w3c.github.io/beacon/#sendbeacon-method
func (p *Page) Beacon(ctx context.Context, init BeaconInit) (*Result, error) {
	if p.transport == nil {
		return nil, ErrNoTransport
	}
	f := new(fetcher)
	r := f.begin(&p.environment, APIBeacon, &init)
	// Step 3: an HTTP(S) URL.
	u, err := p.parseURL(init.URL)
	if err != nil {
		return r.threw(thrown(anchorBeacon, "3", fetch.ReasonURLMalformed, init.URL)), nil
	}
	if !u.IsHTTP() {
		return r.threw(thrown(anchorBeacon, "3", fetch.ReasonURLNotHTTP, init.URL)), nil
	}
	data := init.Body
	if _, ok := data.(Stream); ok {
		// Step 6.1: a stream cannot outlive its page.
		// Firefox: it is sent as the text into which it converts (streams-as-text).
		if !p.rules().StreamsAsText {
			return r.threw(thrown(anchorExtract, "10", fetch.ReasonStreamBodyKeepalive, "")), nil
		}
		data = streamText
	}
	var body *fetch.Body
	var contentType string
	if data != nil {
		// Step 6.1: the data and its type.
		body = new(fetch.Body)
		*body, contentType = p.extractBody(data)
	}
	req := p.beaconRequest(u, body, contentType)
	// Step 6.2: a beacon with too much data is refused.
	if body != nil && !p.mayOutlive(APIBeacon, len(body.Bytes)) {
		r.Request, r.Outcome = req, Refused
		r.Failure = thrown(anchorBeacon, "6.2", fetch.ReasonBeaconTooLarge, strconv.Itoa(len(body.Bytes)))
		return r, nil
	}
	r, err = f.run(ctx, req)
	if err != nil {
		return nil, err
	}
	r.Outcome, r.Response = Queued, nil
	if body != nil {
		p.flies(len(body.Bytes), f.waited())
	}
	// All browsers: a beacon that is blocked before it is sent is refused (beacons-blocked-at-once).
	if r.Failure != nil && len(r.Trace.Exchanges) == 0 && slices.Contains(p.rules().BeaconRefusals, r.Failure.Reason) {
		r.Outcome = Refused
	}
	return r, nil
}

// beaconRequest is step 7.1: it returns the request of a beacon.
// https://w3c.github.io/beacon/#sendbeacon-method
func (p *Page) beaconRequest(u origin.URL, body *fetch.Body, contentType string) *fetch.Request {
	req := &fetch.Request{
		Method: "POST", URLList: []origin.URL{u}, UnsafeRequest: true, Client: &p.client,
		Origin: p.client.Origin, Body: body, Keepalive: true,
		Credentials: fetch.CredentialsInclude, Mode: fetch.ModeNoCORS, ReferrerURL: p.elementReferrer(),
	}
	// Step 6.3: the type, which decides the mode.
	// Chromium: an invalid MIME type is dropped (beacon-bad-type-dropped).
	isType := p.rules().IsBeaconType
	if contentType == "" || isType != nil && !isType(contentType) {
		return req
	}
	req.Header.Append("Content-Type", fetch.NormalizeHeaderValue(contentType))
	if !p.rules().preflight.Safelist.AllowsNoCORS("Content-Type", contentType) {
		req.Mode = fetch.ModeCORS
	}
	return req
}
