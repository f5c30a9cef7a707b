package browser

import "github.com/corsim/corsim/fetch"

// Init is what script passes to fetch(). Its zero value, but for URL, is what
// fetch(url) means: mode "cors" and credentials "same-origin".
// https://fetch.spec.whatwg.org/#requestinit
type Init struct {
	URL    string // resolved against the page's URL
	Method string // "" is GET
	Header fetch.HeaderList
	// Body is the body's text; nil is no body.
	Body *string
	// BodyStream reports whether the body is a ReadableStream; Duplex whether
	// duplex: "half" was given with it.
	BodyStream, Duplex bool
	Mode               InitMode
	Credentials        fetch.CredentialsMode
	Redirect           fetch.RedirectMode
	Cache              fetch.CacheMode
	ReferrerPolicy     fetch.ReferrerPolicy
	Keepalive          bool
}

// InitMode is the mode member of [Init]; its zero value is fetch()'s default,
// "cors".
type InitMode uint8

// The modes that script can ask for.
const (
	InitModeCORS InitMode = iota
	InitModeNoCORS
	InitModeSameOrigin
	InitModeNavigate
)

// XHRInit is what script does to an XMLHttpRequest before and with send().
// https://xhr.spec.whatwg.org/#interface-xmlhttprequest
type XHRInit struct {
	URL             string
	Method          string // "" is GET
	Header          fetch.HeaderList
	Body            *string // nil is no body
	WithCredentials bool
	// UploadListener reports whether a listener was registered on upload.
	UploadListener bool
}

// Tag is an element that loads a resource.
type Tag uint8

// The elements.
const (
	TagImg Tag = iota
	TagScript
	TagModule // <script type=module>
	TagStylesheet
	TagFont
	TagAudio
	TagVideo
)

// CrossOrigin is the state of a crossorigin attribute.
// https://html.spec.whatwg.org/#cors-settings-attribute
type CrossOrigin uint8

// The states of a crossorigin attribute.
const (
	CrossOriginNone CrossOrigin = iota
	CrossOriginAnonymous
	CrossOriginUseCredentials
)

// ElementInit is an element in the page that loads a URL.
type ElementInit struct {
	Tag         Tag
	URL         string
	CrossOrigin CrossOrigin
}

// EventSourceInit is what script passes to new EventSource().
// https://html.spec.whatwg.org/#the-eventsource-interface
type EventSourceInit struct {
	URL             string
	WithCredentials bool
}

// BeaconInit is what script passes to navigator.sendBeacon().
// https://w3c.github.io/beacon/#sendbeacon-method
type BeaconInit struct {
	URL  string
	Body string
	// Type is the type of the Blob that holds the body; "" is a body given as a
	// string, whose type is text/plain;charset=UTF-8.
	Type string
}
