package browser

import (
	"errors"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// environment is an environment settings object in a browser, with the
// resources that it has loaded. Its methods are the APIs that script has both
// in a document and in a worker. A [Page] is an environment with a document.
// https://html.spec.whatwg.org/#environment-settings-object
type environment struct {
	browser   *Browser
	transport fetch.Transport
	client    fetch.Client
	partition origin.PartitionKey
	http2     bool // whether servers speak HTTP/2 over https
	loaded    loadedResources
}

// in returns the same environment in another browser and with another
// transport, before it has loaded anything.
func (e *environment) in(b *Browser, t fetch.Transport) environment {
	return environment{browser: b, transport: t, client: e.client, partition: e.partition, http2: e.http2}
}

// ErrNoTransport is the error of a call in a page that was opened without a
// transport.
var ErrNoTransport = errors.New("the page has no network: open it with browser.WithTransport")

// rules returns the rules of the environment's browser.
func (e *environment) rules() *rules { return &e.browser.profile.rules }

// cookieHeader returns the Cookie header that a request would now have; "" is
// no header.
func (e *environment) cookieHeader(req *fetch.Request) string {
	if !e.rules().includesCredentials(req) {
		return ""
	}
	return e.browser.cookieHeader(req)
}
