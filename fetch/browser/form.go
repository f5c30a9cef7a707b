package browser

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

const anchorForm = "html.spec.whatwg.org/#form-submission-algorithm"

// FormInit is a form in a page that script sends into a new frame.
// https://html.spec.whatwg.org/#the-form-element
type FormInit struct {
	// Method and Enctype are the values of the attributes, valid or not; "" is none.
	Method, Enctype string
	URL             string // the attribute action
	Fields          []Param
}

// The encodings of a form.
const (
	enctypeURLEncoded = "application/x-www-form-urlencoded"
	enctypeMultipart  = "multipart/form-data"
	enctypePlain      = "text/plain"
)

// Submit sends a form into a new frame. The outcome is that of the frame, as
// [Page.Frame] has it.
// https://html.spec.whatwg.org/#form-submission-algorithm
func (p *Page) Submit(ctx context.Context, init FormInit) (*Result, error) {
	if p.transport == nil {
		return nil, ErrNoTransport
	}
	f := new(fetcher)
	r := f.begin(&p.environment, APIForm, &init)
	u, err := p.parseURL(init.URL)
	// Step 13: an action that is not a URL sends nothing.
	if err != nil {
		r.frame = new(Frame)
		return r.stayBlank(thrown(anchorForm, "13", fetch.ReasonURLMalformed, init.URL)), nil
	}
	r.frame = &Frame{Action: u}
	req := p.navigationRequest(u)
	p.setEntries(req, &init)
	// Step 3: a sandboxed document without allow-forms sends nothing.
	if p.sandbox.has(sandboxedForms) {
		r.Request = req
		return r.stayBlank(thrown(anchorForm, "3", fetch.ReasonFormSandboxed, "")), nil
	}
	// The hook of CSP in the navigation: form-action.
	if failure := p.checkFormAction(f, req); failure != nil {
		r.Request = req
		// Firefox: the call throws (form-action-throws).
		if f.rules().FormActionThrows {
			return r.threw(failure), nil
		}
		return r.stayBlank(failure), nil
	}
	n := navigation{page: p, fetcher: f, sandbox: p.sandbox}
	return n.run(ctx, req)
}

// checkFormAction returns the failure of a form that form-action does not allow.
// https://w3c.github.io/webappsec-csp/#form-action-pre-navigate
func (p *Page) checkFormAction(f *fetcher, req *fetch.Request) *fetch.Failure {
	// Chromium: the check is one of those of the request (form-action-after-redirects).
	if f.rules().FormActionInFetch {
		return nil
	}
	return f.noteViolations(f.rules().csp.CheckFormAction(&p.client, req.URL(), false, policy.CSPAll))
}

// stayBlank gives a result the failure of a form that sends nothing.
func (r *Result) stayBlank(failure *fetch.Failure) *Result {
	r.frame.Event = FrameSilent
	return r.consume(failure)
}

// setEntries gives a request the method, the URL and the body of a form.
// https://html.spec.whatwg.org/#form-submission-algorithm
func (p *Page) setEntries(req *fetch.Request, init *FormInit) {
	// Steps 17 to 23: the method and the encoding; what is not known is GET, and URL-encoded.
	// Steps "mutate action URL" and "submit as entity body".
	if !fetch.EqualFold(init.Method, "post") {
		query, _ := Params(normalizedFields(init.Fields)).extract("")
		if u, err := req.URL().Parse("?" + query.Bytes); err == nil {
			req.URLList = []origin.URL{u}
		}
		return
	}
	req.Method = "POST"
	body, contentType := p.entityBody(init)
	req.Body = &body
	req.Header.Append("Content-Type", contentType)
}

// entityBody returns the body of a form with method POST, and its type.
// https://html.spec.whatwg.org/#submit-body
func (p *Page) entityBody(init *FormInit) (fetch.Body, string) {
	switch fetch.ByteLowercase(init.Enctype) {
	case enctypeMultipart:
		form := make(Form, len(init.Fields))
		for i, field := range init.Fields {
			form[i] = Field{Name: field.Name, Value: field.Value}
		}
		return p.extractBody(form)
	case enctypePlain:
		var out strings.Builder
		for _, field := range normalizedFields(init.Fields) {
			out.WriteString(field.Name + "=" + field.Value + "\r\n")
		}
		return fetch.Body{Bytes: out.String()}, enctypePlain
	}
	body, _ := Params(normalizedFields(init.Fields)).extract("")
	return body, enctypeURLEncoded
}

// normalizedFields returns the fields of a form with CR LF for each line end.
// https://html.spec.whatwg.org/#convert-to-a-list-of-name-value-pairs
func normalizedFields(fields []Param) []Param {
	out := make([]Param, len(fields))
	for i, field := range fields {
		out[i] = Param{Name: newlines.Replace(field.Name), Value: newlines.Replace(field.Value)}
	}
	return out
}
