package scenario

import (
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

func (s *scanner) steps(out *[]Step) error {
	return s.array(func() error {
		step, err := s.oneStep()
		*out = append(*out, step)
		return err
	})
}

func (s *scanner) oneStep() (step Step, err error) {
	var document Document // what stands beside "page"
	beside, worker := "", false
	err = s.object(&stepKeys, func(key string) (err error) {
		switch {
		case slices.Contains(documentKeys, key):
			beside = key
			return s.documentMember(key, &document)
		case key == "worker":
			worker, err = s.bool()
			return err
		}
		if step != nil {
			return problemf("a step has one key, but this one already has %s", step.Key())
		}
		step, err = s.step(key)
		return err
	})
	if err == nil {
		err = completeStep(step, document, beside)
	}
	if err == nil && worker {
		err = letWorkerCall(step)
	}
	return step, err
}

// letWorkerCall gives a step the key worker.
func letWorkerCall(step Step) error {
	switch step := step.(type) {
	case *FetchStep:
		step.Worker = true
	case *XHRStep:
		step.Worker = true
	case *EventSourceStep:
		step.Worker = true
	case *SocketStep:
		step.Worker = true
	default:
		return problemf("the key worker stands only beside fetch, xhr, eventsource and websocket")
	}
	return nil
}

// completeStep gives a [PageStep] what stands beside its key. Beside is one of
// these keys; "" if there is none.
func completeStep(step Step, document Document, beside string) error {
	page, ok := step.(*PageStep)
	switch {
	case step == nil:
		return problemf("a step has one key: fetch, xhr, element, eventsource, beacon, websocket, form, page or wait")
	case ok:
		page.Sandboxed, page.Header = document.Sandboxed, document.Header
		return page.check()
	case beside != "":
		return problemf("the key %s stands only beside page", beside)
	}
	return nil
}

func (s *scanner) step(key string) (Step, error) {
	switch key {
	case "fetch":
		step := new(FetchStep)
		return step, s.fetchStep(step)
	case "xhr":
		step := new(XHRStep)
		return step, s.xhrStep(step)
	case "element":
		return s.elementStep()
	case "eventsource":
		step := new(EventSourceStep)
		return step, s.eventSourceStep(step)
	case "beacon":
		step := new(BeaconStep)
		return step, s.beaconStep(step)
	case "websocket":
		step := new(SocketStep)
		return step, s.socketStep(step)
	case "form":
		step := new(FormStep)
		return step, s.formStep(step)
	case "page":
		s.later = true
		url, err := s.asciiString()
		return &PageStep{Document{URL: url}}, err
	}
	return s.waitStep()
}

func (s *scanner) fetchStep(out *FetchStep) error {
	err := s.object(&fetchKeys, func(key string) (err error) {
		switch key {
		case "url":
			out.URL, err = s.string()
		case "method":
			err = s.optionalString(&out.Method)
		case "headers":
			out.NotBytes, err = s.scriptHeaders(&out.Header)
		case "body":
			err = s.optionalText(&out.Body)
		case "mode":
			err = s.optionalString(&out.Mode)
		case "credentials":
			err = s.optionalString(&out.Credentials)
		case "redirect":
			err = s.optionalString(&out.Redirect)
		case "cache":
			err = s.optionalString(&out.Cache)
		case "stream":
			stream := false
			if stream, err = s.bool(); stream {
				out.Kind = BodyStream
			}
		case "bodyType":
			if err = s.bodyKind(&out.Kind); out.Kind == BodyStream && !out.Duplex.OK {
				out.Duplex = Optional[string]{Value: "half", OK: true}
			}
		case "duplex":
			err = s.optionalString(&out.Duplex)
		case "type", "blobType":
			err = s.optionalString(&out.Type)
		case "keepalive":
			out.Keepalive, err = s.bool()
		case "referrer":
			err = s.optionalString(&out.Referrer)
		case "referrerPolicy":
			err = s.optionalString(&out.ReferrerPolicy)
		case "targetAddressSpace":
			err = s.optionalString(&out.TargetAddressSpace)
		case "integrity":
			out.Integrity, err = s.string()
		}
		return err
	})
	if err != nil {
		return err
	}
	return checkBody(out.Kind, out.Body, out.Type)
}

func (s *scanner) xhrStep(out *XHRStep) error {
	err := s.object(&xhrKeys, func(key string) (err error) {
		switch key {
		case "url":
			out.URL, err = s.string()
		case "method":
			out.Method, err = s.string()
		case "headers":
			out.NotBytes, err = s.scriptHeaders(&out.Header)
		case "body":
			err = s.optionalText(&out.Body)
		case "withCredentials":
			out.WithCredentials, err = s.bool()
		case "uploadListener":
			out.UploadListener, err = s.bool()
		case "type", "blobType":
			err = s.optionalString(&out.Type)
		case "bodyType":
			err = s.bodyKind(&out.Kind)
		case "sync":
			out.Sync, err = s.bool()
		case "responseType":
			out.ResponseType, err = s.string()
		case "timeout":
			var ms int
			ms, err = s.int(0, math.MaxInt32)
			out.Timeout = time.Duration(ms) * time.Millisecond
		}
		return err
	})
	if err != nil {
		return err
	}
	return checkBody(out.Kind, out.Body, out.Type)
}

// elementStep takes an element: a frame, or another one.
func (s *scanner) elementStep() (Step, error) {
	out, frame := new(ElementStep), new(FrameStep)
	var own []ownKey
	err := s.object(&elementKeys, func(key string) (err error) {
		switch key {
		case "tag":
			if out.Tag, err = s.string(); err == nil && out.Tag != tagFrame {
				_, err = browser.ParseTag(out.Tag)
			}
		case "url":
			out.URL, err = s.string()
		case "crossorigin":
			if !s.null() {
				err = s.optionalString(&out.CrossOrigin)
			}
		case "integrity":
			out.Integrity, err = s.string()
		case "referrerPolicy":
			out.ReferrerPolicy, err = s.string()
		case "canvas":
			own = append(own, ownKey{key, browser.TagImg.String()})
			out.Canvas, err = s.bool()
		case "as":
			own = append(own, ownKey{key, browser.TagPreload.String()})
			out.As, err = s.preloadDestination()
		case "property":
			own = append(own, ownKey{key, browser.TagCSSImage.String()})
			out.Property, err = s.imageProperty()
		default:
			own = append(own, ownKey{key, tagFrame})
			err = s.frameMember(key, frame)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := checkOwnKeys(out.Tag, own); err != nil {
		return nil, err
	}
	if out.Tag == tagFrame {
		frame.URL, frame.ReferrerPolicy = out.URL, out.ReferrerPolicy
		return frame, nil
	}
	return out, nil
}

// ownKey is a key that only elements of one tag have.
type ownKey struct{ key, tag string }

// neededKeys are the keys without which an element of a tag says nothing.
var neededKeys = []ownKey{{"property", browser.TagCSSImage.String()}, {"as", browser.TagPreload.String()}}

// checkOwnKeys returns the error of an element that has a key of another tag, or lacks one
// of its own.
func checkOwnKeys(tag string, own []ownKey) error {
	for _, k := range own {
		if k.tag != tag {
			return problemf("the key %s is one of %s, and not of %s", k.key, k.tag, tag)
		}
	}
	for _, k := range neededKeys {
		if k.tag == tag && !slices.Contains(own, k) {
			return problemf("the tag %s needs the key %s", tag, k.key)
		}
	}
	return nil
}

// preloadDestination takes a word of the attribute as.
// https://html.spec.whatwg.org/#translate-a-preload-destination
func (s *scanner) preloadDestination() (fetch.Destination, error) {
	word, err := s.string()
	switch d := fetch.Destination(word); {
	case err != nil:
		return "", err
	case word == "fetch":
		return fetch.DestinationNone, nil
	case d == fetch.DestinationFont, d == fetch.DestinationImage, d == fetch.DestinationScript, d == fetch.DestinationStyle:
		return d, nil
	}
	return "", problemf("unknown destination %s; known: fetch, font, image, script, style", Quote(word))
}

func (s *scanner) imageProperty() (browser.ImageProperty, error) {
	name, err := s.string()
	if err != nil {
		return 0, err
	}
	return browser.ParseImageProperty(name)
}

func (s *scanner) eventSourceStep(out *EventSourceStep) error {
	return s.object(&eventSourceKeys, func(key string) (err error) {
		if key == "url" {
			out.URL, err = s.string()
		} else {
			out.WithCredentials, err = s.bool()
		}
		return err
	})
}

func (s *scanner) beaconStep(out *BeaconStep) error {
	return s.object(&beaconKeys, func(key string) (err error) {
		switch key {
		case "url":
			out.URL, err = s.string()
		case "body":
			out.Body, err = s.string() // a string of script, sent as UTF-8
		case "type", "blobType":
			// With bodyType, recorded scenarios also have an empty type.
			word := ""
			if word, err = s.string(); word != "" {
				out.Type = word
			}
		case "bodyType":
			err = s.bodyKind(&out.Kind)
		}
		return err
	})
}

// maxWait keeps the sum of all waits of a line far from what a clock can hold.
const maxWait = 1e6

func (s *scanner) waitStep() (Step, error) {
	text, err := s.number()
	if err != nil {
		return nil, err
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || seconds < 0 || seconds > maxWait {
		return nil, problemf("want seconds from 0 to %d, not %s", int(maxWait), text)
	}
	return &WaitStep{Duration: time.Duration(seconds * float64(time.Second))}, nil
}
