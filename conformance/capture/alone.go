package capture

import (
	"fmt"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// unnamedHost is the host of requests that nobody pasted. The domain invalid is reserved, RFC 2606.
const unnamedHost = "unnamed.invalid"

// Alone reports whether a text has responses only.
func Alone(messages []Message) bool {
	return !slices.ContainsFunc(messages, func(m Message) bool { return m.Method != "" })
}

// WithRequests puts a request before each response of a text that has responses only. The last
// response answers a GET of an unnamed URL of the scheme, "https" or "http". A response before it
// is a redirect or the answer to a preflight; so is a single response that looks like the answer to
// a preflight. The notes say what is assumed.
func WithRequests(responses []Message, scheme string) (messages []Message, notes []string, err error) {
	target, err := origin.ParseURL(scheme + "://" + unnamedHost + "/")
	if err != nil {
		return nil, nil, err
	}
	notes = []string{fmt.Sprintf("the input has no request and names no URL; %s stands for it, which has another origin than the page", target)}
	request := Message{Method: "GET"}
	for i := range responses {
		response := responses[i]
		request.Line, request.Target = response.Line, target.String()
		isLast := i == len(responses)-1
		switch {
		case isRedirect(&response) && !isLast:
			location, _ := response.Header.Get("Location")
			if target, err = target.Parse(location); err != nil {
				return nil, nil, errorOnLine(response.Line, "the Location of this response is not a URL")
			}
			messages = append(messages, request, response)
			continue
		case i == 0 && (!isLast || isPreflightAnswer(&response)):
			preflight, note := request.preflightFor(&response)
			notes = append(notes, note)
			messages = append(messages, preflight, response)
			continue
		case !isLast:
			return nil, nil, errorOnLine(responses[i+1].Line, "a response after the one to the request").
				WithHelp("without requests there can be the response to a preflight, redirects and one more response; paste the requests, too")
		case request.Method == "GET" && len(request.Header) == 0:
			notes = append(notes, "the response is taken as the answer to a GET for which script sets no headers")
		}
		messages = append(messages, request, response)
	}
	return messages, notes, nil
}

// isRedirect reports whether a response is a redirect.
func isRedirect(m *Message) bool {
	return fetch.IsRedirectStatus(m.Status) && m.Header.Contains("Location")
}

// isPreflightAnswer reports whether a response that is alone looks like the answer to a
// preflight: it has no content and says what a request may have.
func isPreflightAnswer(m *Message) bool {
	length, _ := m.Header.Get("Content-Length")
	isEmpty := m.Status == 204 || length == "0" || m.Body == "" && !m.Header.Contains("Content-Type") && length == ""
	method, header := allowedExample(m)
	return isEmpty && (method != "" || header != "")
}

// preflightFor returns the preflight that a response answers. It changes the request to one that
// needs this preflight and that the response allows, if there is one.
func (m *Message) preflightFor(response *Message) (preflight Message, note string) {
	method, header := allowedExample(response)
	what := ""
	switch {
	case method != "":
		m.Method = method
		what = "a " + method + ", which it allows; other methods, and headers of script, may be blocked"
	case fetch.EqualFold(header, "Content-Type"):
		m.Method, m.Header = "POST", fetch.HeaderList{{Name: header, Value: "application/json"}}
		what = "a POST with Content-Type: application/json, which it allows; other methods and headers may be blocked"
	case header != "":
		m.Header = fetch.HeaderList{{Name: header, Value: "corsim/unseen"}}
		what = "a GET with the header " + header + ", which it allows; other methods and headers may be blocked"
	default:
		m.Method = "PUT"
		what = "a PUT; it allows no method and no header for which browsers send a preflight"
	}
	preflight = Message{Line: m.Line, Method: "OPTIONS", Target: m.Target, Header: fetch.HeaderList{{Name: fetch.HeaderRequestMethod, Value: m.Method}}}
	if header := m.Header; len(header) > 0 {
		preflight.Header.Append(fetch.HeaderRequestHeaders, fetch.ByteLowercase(header[0].Name))
	}
	return preflight, "the first response is taken as the answer to the preflight for " + what
}

// allowedExample returns a method that needs a preflight and that a response allows, or otherwise
// such a header. Both are empty if there is none.
func allowedExample(response *Message) (method, header string) {
	methods, _ := response.Header.GetDecodeSplit("Access-Control-Allow-Methods")
	for _, m := range methods {
		switch {
		case m == "*":
			return "PUT", ""
		case fetch.IsMethod(m) && !fetch.IsForbiddenMethod(m) && !fetch.IsCORSSafelistedMethod(m) && m != "OPTIONS":
			return m, ""
		}
	}
	headers, _ := response.Header.GetDecodeSplit("Access-Control-Allow-Headers")
	for _, name := range headers {
		switch {
		case name == "*":
			return "", "Content-Type"
		case fetch.EqualFold(name, "Content-Type"):
			return "", "Content-Type"
		case fetch.IsHeaderName(name) && !fetch.IsForbiddenRequestHeader(name, "") && isUnsafe(name):
			return "", name
		}
	}
	return "", ""
}

// isUnsafe reports whether browsers send a preflight for a header, whatever its value may be.
func isUnsafe(name string) bool {
	return len((fetch.Safelist{}).UnsafeNames(fetch.HeaderList{{Name: name, Value: "corsim"}})) > 0
}

// errAlone returns the error about a response without a request: it says which pages may read the
// response, and how to name the page.
func errAlone(m *Message) error {
	return errorOnLine(m.Line, "a response without a request before it: %s", readers(m)).
		WithHelp(`to judge it as the answer to a GET, name the page that reads it: corsim eval --from PAGE FILE; ` +
			`for another call: corsim fetch --from PAGE --response FILE 'fetch("URL")'`)
}

// readers says in words which pages of other origins the CORS headers of a response allow.
func readers(m *Message) string {
	values := m.Header.Values(fetch.HeaderAllowOrigin)
	credentials := m.Header.Values(fetch.HeaderAllowCredentials)
	switch {
	case len(values) == 0:
		return "it has no Access-Control-Allow-Origin, so no page of another origin may read it"
	case len(values) > 1:
		return fmt.Sprintf("it has Access-Control-Allow-Origin %d times, so no page of another origin may read it", len(values))
	case values[0] == "*":
		return "each page may read it if the request has no credentials, such as cookies"
	case values[0] == "null":
		return "pages with the origin null may read it"
	case !isOrigin(values[0]):
		return fmt.Sprintf("its Access-Control-Allow-Origin, %q, is not the origin of any page, so no page of another origin may read it", values[0])
	case len(credentials) == 1 && credentials[0] == "true":
		return "pages of " + values[0] + " may read it, with and without credentials"
	}
	return "pages of " + values[0] + " may read it if the request has no credentials, such as cookies"
}

// isOrigin reports whether a text is an origin as browsers send it.
func isOrigin(text string) bool {
	o, err := origin.ParseOrigin(text)
	return err == nil && o.String() == text
}
