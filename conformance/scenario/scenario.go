package scenario

import (
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// Scenario is a page, a scripted server and the steps that the page takes.
type Scenario struct {
	// Name is unique in its corpus and matches [a-z0-9-]+.
	Name string
	// Page is the URL of the top-level document that makes the requests.
	Page string
	// Sandboxed gives the document an opaque origin.
	Sandboxed bool
	// Header holds the document's response headers with its policies.
	Header fetch.HeaderList
	// World is where the hosts are.
	World World
	// Cookies are stored first-party before the first step.
	Cookies []Cookie
	// ServiceWorker controls the documents of the page's origin; nil if there is none.
	ServiceWorker *ServiceWorker
	// Server answers the page's requests.
	Server server.Script
	Steps  []Step
	// Case is what a test says about the scenario; nil without a test.
	Case *Case
}

// document returns the document that makes the first requests.
func (s *Scenario) document() Document {
	return Document{URL: s.Page, Sandboxed: s.Sandboxed, Header: s.Header}
}

// transport returns the scripted server.
func (s *Scenario) transport() fetch.Transport {
	answered := asSent(s.Server.Start())
	if s.World.IsLocated() || !s.World.CertificateErrors {
		return worldServer{answered, s.Server}
	}
	return answered
}

// Family returns the part of the name before its number: "redirect" for
// "redirect-00049".
func (s *Scenario) Family() string { return family(s.Name) }

func family(name string) string {
	for i := 0; i+1 < len(name); i++ {
		if name[i] == '-' && '0' <= name[i+1] && name[i+1] <= '9' {
			return name[:i]
		}
	}
	return name
}

// Cookie is a Set-Cookie value that a URL's server sets first-party.
type Cookie struct {
	URL string
	Set string
}

// Step is one thing that a page does: [FetchStep], [XHRStep], [ElementStep],
// [EventSourceStep], [BeaconStep], [SocketStep], [PageStep] or [WaitStep].
type Step interface {
	// Key returns the key that names the kind of step in a scenario.
	Key() string
}

// FetchStep calls fetch(). Method, mode, credentials, redirect, cache and duplex
// are what script passes, valid or not; absent ones are not passed.
type FetchStep struct {
	URL    string
	Method Optional[string]
	Header fetch.HeaderList // values are bytes
	// NotBytes is the first header with a letter above U+00FF, which script cannot
	// pass: the call throws. It is the zero value if there is none.
	NotBytes fetch.Header
	Body     Optional[string] // in UTF-8
	// Type makes the body a Blob of that type; "" is a Blob without a type.
	Type        Optional[string]
	Mode        Optional[string]
	Credentials Optional[string]
	Redirect    Optional[string]
	Cache       Optional[string]
	// Kind is what script makes of Body.
	Kind      BodyKind
	Duplex    Optional[string]
	Keepalive bool
	// Referrer is the referrer that script gives; "" is none.
	Referrer Optional[string]
	// ReferrerPolicy and TargetAddressSpace are words like the others.
	ReferrerPolicy     Optional[string]
	TargetAddressSpace Optional[string]
	// Integrity is what script passes; "" is none.
	Integrity string
	// Worker makes the call in the dedicated worker of the document, which starts with the
	// first such step and ends with the document. Its script is [WorkerPath] of the
	// document's origin, and has the document's policies.
	Worker bool
}

// WorkerPath is the path of the script of a document's worker. No rule of the server
// answers it, and it is not on the wire.
const WorkerPath = "/__oracle/worker.js"

// XHRStep opens and sends an XMLHttpRequest.
type XHRStep struct {
	URL      string
	Method   string // "" is GET
	Header   fetch.HeaderList
	NotBytes fetch.Header     // as in [FetchStep]
	Body     Optional[string] // in UTF-8
	// Type makes the body a Blob of that type; "" is a Blob without a type.
	Type            Optional[string]
	Kind            BodyKind // as in [FetchStep]
	WithCredentials bool
	UploadListener  bool
	Sync            bool
	// ResponseType is what script sets; an unknown word changes nothing.
	ResponseType string
	// Timeout is the property of that name, in whole milliseconds; 0 is no limit.
	Timeout time.Duration
	Worker  bool // as in [FetchStep]
}

// ElementStep adds an element to the page that loads a URL.
type ElementStep struct {
	Tag string // img, script, module, stylesheet, font, audio, video, link-preload, css-image or track
	URL string
	// CrossOrigin is the attribute's value, valid or not.
	CrossOrigin Optional[string]
	// ReferrerPolicy is the attribute's value, valid or not.
	ReferrerPolicy string
	// Integrity is the attribute of that name; "" is none.
	Integrity string
	// Canvas reports whether script draws the image on a canvas and reads it.
	Canvas bool
	// As is the destination of a link-preload.
	As fetch.Destination
	// Property is the property of a style sheet that has the image of a css-image.
	Property browser.ImageProperty
}

// EventSourceStep makes a new EventSource.
type EventSourceStep struct {
	URL             string
	WithCredentials bool
	Worker          bool // as in [FetchStep]
}

// BeaconStep calls navigator.sendBeacon().
type BeaconStep struct {
	URL  string
	Body string // in UTF-8
	// Type makes the body a Blob of that type; "" is the text itself, or what Kind
	// says.
	Type string
	Kind BodyKind
}

// body returns the data of the beacon.
func (s *BeaconStep) body() browser.Body {
	text := Optional[string]{Value: s.Body, OK: true}
	return bodyOf(s.Kind, text, Optional[string]{Value: s.Type, OK: s.Type != ""})
}

// WaitStep moves the browser's clock.
type WaitStep struct {
	Duration time.Duration
}

// Key returns "fetch".
func (*FetchStep) Key() string { return "fetch" }

// Key returns "xhr".
func (*XHRStep) Key() string { return "xhr" }

// Key returns "element".
func (*ElementStep) Key() string { return "element" }

// Key returns "eventsource".
func (*EventSourceStep) Key() string { return "eventsource" }

// Key returns "beacon".
func (*BeaconStep) Key() string { return "beacon" }

// Key returns "wait".
func (*WaitStep) Key() string { return "wait" }

// HeaderOf returns the headers that the page's author sets in a step; nil for
// the kinds of step that take none.
func HeaderOf(s Step) fetch.HeaderList {
	switch s := s.(type) {
	case *FetchStep:
		return s.Header
	case *XHRStep:
		return s.Header
	}
	return nil
}
