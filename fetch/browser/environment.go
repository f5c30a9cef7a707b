package browser

import (
	"errors"
	"iter"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
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
	// parent is the environment of the document that contains this one in a frame; nil
	// for a top-level document.
	parent  *environment
	sandbox sandbox
	loaded  loadedResources
	// preloads is nil until the document preloads something.
	preloads *preloads
	log      *callLog // nil but while a document in a frame is run
	// controller is the service worker that controls the environment; nil if there is none.
	controller *controller
	// inFlight are the requests with keepalive and a body that have no answer yet.
	inFlight []inFlight
	// outliver is the page among whose requests with keepalive those of a worker count; nil if
	// they count for themselves.
	outliver *environment
}

// in returns the same environment in another browser and with another
// transport, before it has loaded anything.
func (e *environment) in(b *Browser, t fetch.Transport) environment {
	return environment{
		browser: b, transport: t, client: e.client, partition: e.partition, http2: e.http2, parent: e.parent, sandbox: e.sandbox,
		controller: e.controller,
	}
}

// ancestors returns the origins of the environment and of those that contain it, up to
// the top-level document.
func (e *environment) ancestors() iter.Seq[origin.Origin] {
	return func(yield func(origin.Origin) bool) {
		for ; e != nil; e = e.parent {
			if !yield(e.client.Origin) {
				return
			}
		}
	}
}

// letsUse reports whether the permissions policies of the environment and of those that
// contain it let it use a feature that all documents have by themselves.
func (e *environment) letsUse(feature string) bool {
	for outer := e; outer != nil; outer = outer.parent {
		if !policy.LetsUse(&outer.client, e.client.Origin, feature) {
			return false
		}
	}
	return true
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
