package browser

import (
	"strconv"
	"time"

	"github.com/corsim/corsim/fetch"
)

// setTimeout does what setting timeout does after open().
// https://xhr.spec.whatwg.org/#the-timeout-attribute
func (e *environment) setTimeout(init XHRInit) *fetch.Failure {
	// Step 1: a document must not set it for a synchronous request.
	if init.Sync && !e.client.Worker {
		return thrown("xhr.spec.whatwg.org/#the-timeout-attribute", "1", fetch.ReasonSyncTimeout, milliseconds(init.Timeout))
	}
	return nil
}

// await moves the browser's clock on by the delay of the last exchange's answer. It returns the
// failure of an XMLHttpRequest that does not wait so long: the time runs from send() on, with
// the preflight and all redirects. The answer then never arrives.
// https://xhr.spec.whatwg.org/#dom-xmlhttprequest-send
func (f *fetcher) await(delay time.Duration) *fetch.Failure {
	if f.api == APIBeacon {
		return nil // script does not wait for it
	}
	init, ok := f.memory.result.call.init.(*XHRInit)
	if !ok || init.Timeout == 0 {
		f.env.browser.Advance(delay)
		return nil
	}
	left := init.Timeout - f.waited()
	f.env.browser.Advance(min(delay, left))
	if delay < left {
		return nil
	}
	// Step 11: the fetch is terminated when the time is up.
	return thrown("xhr.spec.whatwg.org/#dom-xmlhttprequest-send", "11", fetch.ReasonTimeout, milliseconds(init.Timeout))
}

// waited returns how long the answers of a call took so far.
func (f *fetcher) waited() (sum time.Duration) {
	for i := range f.trace.Exchanges {
		if x := &f.trace.Exchanges[i]; x.Response != nil && !x.FromCache {
			sum += x.Response.Delay.Duration()
		}
	}
	return sum
}

func milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
