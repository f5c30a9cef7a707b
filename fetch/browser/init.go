package browser

import (
	"time"

	"github.com/corsim/corsim/fetch"
)

// FetchInit is what script passes to fetch(). Its zero value with a URL stands
// for fetch(url): mode "cors" and credentials "same-origin".
// https://fetch.spec.whatwg.org/#requestinit
type FetchInit struct {
	URL    string // resolved against the page's URL
	Method string // "" is GET
	Header fetch.HeaderList
	Body   Body // nil means no body
	// Duplex is "half", which a [Stream] needs, or "" if script does not pass
	// it. Any other word throws.
	Duplex string
	// MethodEmpty reports whether script passes the empty string as the
	// method, which throws.
	MethodEmpty    bool
	Keepalive      bool
	Credentials    fetch.CredentialsMode
	Redirect       fetch.RedirectMode
	Cache          fetch.CacheMode
	Mode           InitMode
	ReferrerPolicy fetch.ReferrerPolicy
	// Referrer is the URL that script gives as the referrer; "" if it gives none. A URL
	// of another origin, and "about:client", stand for the page.
	Referrer string
	// ReferrerEmpty reports whether script passes the empty string as the referrer:
	// the request has none.
	ReferrerEmpty bool
	// TargetAddressSpace is the word for the address space in which script says the
	// server is, such as "local"; "" if it says nothing. Browsers that do not know
	// this member ignore it; in others an unknown word throws.
	TargetAddressSpace string
	// Integrity is the integrity metadata of the body; "" is none.
	Integrity string
}

// InitMode is the mode member of [FetchInit]. Its zero value is the default of
// fetch(), "cors". A word that is not one of the constants throws, as in
// script.
type InitMode string

// The modes that script can pass; the last one throws.
const (
	InitModeCORS       InitMode = "cors"
	InitModeNoCORS     InitMode = "no-cors"
	InitModeSameOrigin InitMode = "same-origin"
	InitModeNavigate   InitMode = "navigate"
)

// XHRInit is what script passes to the methods of an XMLHttpRequest, up to
// send().
// https://xhr.spec.whatwg.org/#interface-xmlhttprequest
type XHRInit struct {
	URL             string
	Method          string // "" is GET
	MethodEmpty     bool   // as in [FetchInit]
	Header          fetch.HeaderList
	Body            Body // nil means no body; a [Stream] is sent as a text
	WithCredentials bool
	// UploadListener reports whether script has registered a listener on
	// upload.
	UploadListener bool
	// Sync reports whether the request is synchronous: a network error is then an
	// exception that send() throws.
	Sync bool
	// ResponseType is what script sets after open(), such as "json"; "" if it sets nothing.
	// A document must not set it for a synchronous request. An unknown word is ignored.
	ResponseType string
	// Timeout is what script sets after open(): how long the whole request may take, with its
	// preflight and redirects; 0 means no limit. A document must not set it for a synchronous
	// request.
	Timeout time.Duration
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
	TagPreload  // <link rel=preload>
	TagCSSImage // an image of a style sheet, for example url() in background-image
	TagTrack    // a text track of a video: <video><track>
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
	Tag Tag
	URL string
	// CrossOrigin is the state of the attribute crossorigin; for a [TagTrack], that of the
	// video.
	CrossOrigin CrossOrigin
	// ReferrerPolicy is what the attribute referrerpolicy says. Fonts, audio and video
	// have no such attribute.
	ReferrerPolicy fetch.ReferrerPolicy
	// Integrity is the attribute of that name, which scripts and style sheets have;
	// "" is none.
	Integrity string
	// As is the destination of a [TagPreload]; the zero value is what as="fetch" says.
	As fetch.Destination
	// Property is the property that has the image, with [TagCSSImage].
	Property ImageProperty
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
	Body Body // nil is no data; a [Stream] throws
}
