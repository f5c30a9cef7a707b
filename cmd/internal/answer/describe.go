package answer

import (
	"cmp"
	"strconv"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/textfmt"
)

// describeStep returns what a page does in a step, such as "fetch GET URL", with the
// options that it gives.
func describeStep(step scenario.Step) string {
	switch s := step.(type) {
	case *scenario.FetchStep:
		return describeFetch(s)
	case *scenario.XHRStep:
		return "XMLHttpRequest " + cmp.Or(s.Method, "GET") + " " + s.URL + flag(s.WithCredentials, "withCredentials") + flag(s.UploadListener, "upload listener") +
			flag(s.Sync, "synchronous") + word("responseType", s.ResponseType) + word("body", string(s.Kind)) + given("type", s.Type)
	case *scenario.ElementStep:
		text := s.Tag + " " + s.URL
		if s.CrossOrigin.OK {
			text += ", crossorigin=" + strconv.Quote(s.CrossOrigin.Value)
		}
		return text + word("referrerpolicy", s.ReferrerPolicy) + flag(s.Integrity != "", "integrity")
	case *scenario.FrameStep:
		return "iframe " + s.URL + given("sandbox", s.Sandbox) + given("allow", s.Allow) + word("referrerpolicy", s.ReferrerPolicy) + flag(s.Message, "waits for a message")
	case *scenario.FormStep:
		return "form " + cmp.Or(s.Method, "GET") + " " + s.URL + word("enctype", s.Enctype)
	case *scenario.EventSourceStep:
		return "EventSource " + s.URL + flag(s.WithCredentials, "withCredentials") + flag(s.Worker, "in the worker")
	case *scenario.BeaconStep:
		return "sendBeacon " + s.URL + ", type " + strconv.Quote(s.Type) + word("body", string(s.Kind))
	case *scenario.PageStep:
		return "open page " + s.URL + flag(s.Sandboxed, "sandboxed")
	case *scenario.WaitStep:
		return textfmt.Sprintf("wait %g s", s.Duration.Seconds())
	}
	return step.Key()
}

// describeFetch returns the call of a step in one line.
func describeFetch(s *scenario.FetchStep) string {
	text := "fetch " + s.Method.Or("GET") + " " + s.URL
	for _, option := range []struct {
		name  string
		value scenario.Optional[string]
	}{
		{"mode", s.Mode}, {"credentials", s.Credentials}, {"redirect", s.Redirect}, {"cache", s.Cache}, {"duplex", s.Duplex}, {"type", s.Type},
		{"referrer", s.Referrer}, {"referrerPolicy", s.ReferrerPolicy}, {"targetAddressSpace", s.TargetAddressSpace},
	} {
		text += given(option.name, option.value)
	}
	return text + word("body", string(s.Kind)) + flag(s.Keepalive, "keepalive") + flag(s.Integrity != "", "integrity") + flag(s.Worker, "in the worker")
}

// given returns an option with its value; "" if script does not give it.
func given(name string, value scenario.Optional[string]) string {
	if !value.OK {
		return ""
	}
	return ", " + name + " " + strconv.Quote(value.Value)
}

// word returns an option with its value; "" if the value is empty.
func word(name, value string) string {
	return given(name, scenario.Optional[string]{Value: value, OK: value != ""})
}

func flag(set bool, name string) string {
	if !set {
		return ""
	}
	return ", " + name
}
