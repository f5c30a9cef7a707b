package ask

import (
	"context"
	"errors"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

// watch makes the call in each browser over a transport. A run whose verdict depends on
// an exchange that returned an [*server.UnknownError], or on a status for which
// unsure returns one, has no verdict. The second result is the number of responses
// that several browsers got.
func (c *Call) watch(
	ctx context.Context, t fetch.Transport, o CheckOptions, unsure func(*fetch.WireResponse) *server.UnknownError,
) (*report.Report, int, error) {
	once := server.NewOnce(t)
	browserTransport := once.Browser
	if o.Each {
		browserTransport = func() fetch.Transport { return t }
	}
	var runs []*watched
	r, err := c.askAll(ctx, func() fetch.Transport {
		w := &watched{next: browserTransport()}
		runs = append(runs, w)
		return w
	})
	if err != nil {
		return nil, 0, err
	}
	for i := range r.Runs {
		r.Runs[i].Unknown = runs[i].unknownIn(&r.Runs[i], unsure)
	}
	return r, once.Reused(), c.addRepair(ctx, c.unseen(t), r)
}

// unseen returns the server to ask for responses that a call did not get: the model
// behind a transport; nil for a live server, which would act on the requests.
func (c *Call) unseen(t fetch.Transport) fetch.Transport {
	if m, ok := t.(*modelTransport); ok {
		return newModelTransport(m.model, c.url)
	}
	return nil
}

// watched is the transport of one browser.
type watched struct {
	next    fetch.Transport
	unknown *server.UnknownError // the first one
}

// RoundTrip sends one request.
func (w *watched) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	response, err := w.next.RoundTrip(ctx, req)
	if unknown, ok := errors.AsType[*server.UnknownError](err); ok && w.unknown == nil {
		w.unknown = unknown
	}
	return response, err
}

// unknownIn returns what the verdict on a run depends on and is not known; nil when
// everything is known.
func (w *watched) unknownIn(run *report.Run, unsure func(*fetch.WireResponse) *server.UnknownError) *server.UnknownError {
	if w.unknown != nil {
		return w.unknown
	}
	for _, result := range run.Results {
		if u := report.UnknownStatus(result, unsure); u != nil {
			return u
		}
	}
	return nil
}
