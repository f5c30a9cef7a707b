package explain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// proposal is the basis for a proposed change: a blocked result and its last
// exchange, whose response includes the changes so far.
type proposal struct {
	result   *browser.Result
	failure  *fetch.Failure
	exchange *browser.Exchange
	target   server.Target
	// response is never nil; without a response it is empty.
	response *fetch.WireResponse
	changes  []server.Change
}

// proposers return the changes to try next for a reason. If they return none,
// the reason's obstacle remains.
var proposers = map[fetch.Reason]func(*proposal) []server.Change{
	fetch.ReasonAllowOriginMissing:      (*proposal).allowOrigin,
	fetch.ReasonAllowOriginMismatch:     (*proposal).allowOrigin,
	fetch.ReasonAllowOriginMultiple:     (*proposal).allowOrigin,
	fetch.ReasonAllowOriginInvalid:      (*proposal).allowOrigin,
	fetch.ReasonAllowOriginWildcard:     (*proposal).allowOrigin,
	fetch.ReasonAllowCredentialsMissing: (*proposal).allowCredentials,
	fetch.ReasonAllowCredentialsNotTrue: (*proposal).allowCredentials,
	fetch.ReasonPreflightStatus:         (*proposal).preflightStatus,
	fetch.ReasonPreflightRedirect:       (*proposal).preflightStatus,
	fetch.ReasonAllowMethodsMalformed:   (*proposal).allowMethods,
	fetch.ReasonMethodNotAllowed:        (*proposal).allowMethods,
	fetch.ReasonAllowHeadersMalformed:   (*proposal).allowHeaders,
	fetch.ReasonHeaderNotAllowed:        (*proposal).allowHeaders,
	fetch.ReasonNetworkFailure:          (*proposal).answerPreflight,
	fetch.ReasonResponseMalformed:       (*proposal).wellFormed,
	fetch.ReasonMixedContent:            (*proposal).secureLocation,
	fetch.ReasonRedirectCredentials:     (*proposal).locationWithoutCredentials,
	fetch.ReasonCORP:                    (*proposal).resourcePolicy,
	fetch.ReasonOpaqueBlocked:           (*proposal).opaque,
	fetch.ReasonNosniff:                 (*proposal).contentType,
	fetch.ReasonMIMETypeBlocked:         (*proposal).contentType,
	fetch.ReasonElementType:             (*proposal).contentType,
	fetch.ReasonEventSourceType:         (*proposal).contentType,
	fetch.ReasonElementStatus:           (*proposal).statusOK,
	fetch.ReasonEventSourceStatus:       (*proposal).statusOK,
}

// propose returns the changes to try after a blocked result, or an obstacle if
// there are none.
func propose(r *browser.Result, changes []server.Change) ([]server.Change, *Obstacle) {
	r = r.Failed()
	p := &proposal{result: r, failure: r.Failure, changes: changes, response: &fetch.WireResponse{}}
	if p.exchange = r.FailedExchange(); p.exchange != nil {
		p.target = server.TargetOf(&p.exchange.Request)
		if p.exchange.Response != nil {
			p.response = p.exchange.Response
		}
		if f := proposers[r.Failure.Reason]; f != nil {
			if more := f(p); len(more) > 0 {
				return more, nil
			}
		}
	}
	if o := policyObstacle(r); o != nil {
		return nil, o
	}
	switch o := obstacleTo(r.Failure); {
	case r.Failure.Reason == fetch.ReasonNetworkFailure && p.exchange != nil && p.exchange.Response != nil:
		return nil, &Obstacle{ObstacleStreamBody, "a stream cannot be sent a second time with the credentials that the server asks for"}
	case o != nil:
		return nil, o
	case p.exchange == nil && r.Request != nil && r.Request.CurrentURL().IsLocal():
		return nil, &Obstacle{ObstacleLocalURL, "a data: URL has no server, and its type or its body is not what the element needs"}
	case p.contradicts():
		return nil, &Obstacle{ObstacleOrigins, "the same response would have to name two origins"}
	}
	return nil, &Obstacle{ObstacleUnknown, "no header and no status is known to help against " + string(r.Failure.Reason)}
}

func (p *proposal) set(header, value string) []server.Change {
	return []server.Change{{Target: p.target, Op: server.OpSet, Header: header, Value: value}}
}

func (p *proposal) status(code int) []server.Change {
	return []server.Change{{Target: p.target, Op: server.OpStatus, Value: strconv.Itoa(code)}}
}

// allowOrigin allows the request's origin. Instead of the origin "null", which
// many pages share, it allows "*" when the request has no credentials: "*" lets
// no more pages read than "null" does.
func (p *proposal) allowOrigin() []server.Change {
	include := p.result.Request.Credentials == fetch.CredentialsInclude
	switch {
	case !include && (p.failure.Want == "null" || p.contradicts()):
		return p.set(fetch.HeaderAllowOrigin, "*")
	case p.contradicts():
		return nil
	}
	return p.set(fetch.HeaderAllowOrigin, p.failure.Want)
}

// contradicts reports whether an earlier change allows another origin on the
// same response.
func (p *proposal) contradicts() bool {
	return p.failure.Header == fetch.HeaderAllowOrigin && slices.ContainsFunc(p.changes, func(c server.Change) bool {
		return c.Target == p.target && c.Header == fetch.HeaderAllowOrigin && c.Value != p.failure.Want
	})
}

func (p *proposal) allowCredentials() []server.Change {
	return p.set(fetch.HeaderAllowCredentials, "true")
}

// preflightStatus sets the status of a successful response without a body.
func (p *proposal) preflightStatus() []server.Change { return p.status(204) }

// answerPreflight makes a server respond to a preflight. No change helps for
// another request without a response.
func (p *proposal) answerPreflight() []server.Change {
	if p.exchange.Response != nil || !p.target.Preflight {
		return nil
	}
	return p.status(204)
}

// allowMethods adds the method to the list.
func (p *proposal) allowMethods() []server.Change {
	method, _ := p.exchange.Request.Header.Get(fetch.HeaderRequestMethod)
	return p.list(fetch.HeaderAllowMethods, func(listed []string) []string {
		if fetch.IsCORSSafelistedMethod(method) || slices.Contains(listed, method) {
			return nil
		}
		return []string{method}
	})
}

// allowHeaders adds all missing names that the preflight asks for: a browser's
// failure would name only one of them.
func (p *proposal) allowHeaders() []server.Change {
	asked, _ := p.exchange.Request.Header.GetDecodeSplit(fetch.HeaderRequestHeaders)
	return p.list(fetch.HeaderAllowHeaders, func(listed []string) []string {
		wildcard := slices.Contains(listed, "*") && p.result.Request.Credentials != fetch.CredentialsInclude
		var missing []string
		for _, name := range asked {
			has := slices.ContainsFunc(listed, func(l string) bool { return fetch.EqualFold(l, name) })
			if !has && (!wildcard || fetch.EqualFold(name, p.failure.Got)) {
				missing = append(missing, name)
			}
		}
		return missing
	})
}

// list sets a list header to its present tokens and the missing ones.
func (p *proposal) list(header string, missing func(listed []string) []string) []server.Change {
	var listed []string
	items, _ := p.response.Header.GetDecodeSplit(header)
	for _, item := range items {
		if fetch.IsHeaderName(item) && !slices.Contains(listed, item) {
			listed = append(listed, item)
		}
	}
	listed = append(listed, missing(listed)...)
	if len(listed) == 0 {
		return []server.Change{{Target: p.target, Op: server.OpRemove, Header: header}}
	}
	return p.set(header, strings.Join(listed, ", "))
}

// wellFormed removes what is not valid HTTP.
func (p *proposal) wellFormed() []server.Change {
	if values := p.response.Header.Values(p.failure.Header); len(values) > 1 {
		return p.set(p.failure.Header, values[0])
	}
	if p.response.Status < 200 || p.response.Status > 999 {
		return p.status(200)
	}
	if p.failure.Header == "Content-Length" || p.failure.Header == "Content-Encoding" || p.failure.Header == "Transfer-Encoding" {
		return []server.Change{{Target: p.target, Op: server.OpRemove, Header: p.failure.Header}}
	}
	var out []server.Change
	for _, h := range p.response.Header {
		if !fetch.IsHeaderName(h.Name) || strings.ContainsAny(h.Value, "\x00\r\n") {
			out = append(out, server.Change{Target: p.target, Op: server.OpRemove, Header: h.Name})
		}
	}
	return out
}

// secureLocation changes a redirect to http into one to https.
func (p *proposal) secureLocation() []server.Change {
	return p.location(func(u origin.URL) origin.URL {
		if u.Scheme() != "http" {
			return u
		}
		return u.WithScheme("https")
	})
}

// locationWithoutCredentials removes user name and password from a redirect's
// URL.
func (p *proposal) locationWithoutCredentials() []server.Change {
	return p.location(origin.URL.WithoutCredentials)
}

// location changes the URL of a redirect. It returns nothing when the response
// is not a redirect, or when the URL does not change.
func (p *proposal) location(change func(origin.URL) origin.URL) []server.Change {
	value, ok := p.response.Header.Get(fetch.HeaderLocation)
	if !ok || !fetch.IsRedirectStatus(p.response.Status) {
		return nil
	}
	old, err := p.exchange.Request.URL.Parse(value)
	if err != nil {
		return nil
	}
	if u := change(old); u != old {
		return p.set(fetch.HeaderLocation, u.String())
	}
	return nil
}

// resourcePolicy allows pages of the same site, and all pages if that is not
// enough.
func (p *proposal) resourcePolicy() []server.Change {
	tried := slices.ContainsFunc(p.changes, func(c server.Change) bool {
		return c.Target == p.target && fetch.EqualFold(c.Header, fetch.HeaderCORP)
	})
	if got, _ := p.response.Header.Get(fetch.HeaderCORP); tried || got == "same-site" {
		return p.set(fetch.HeaderCORP, "cross-origin")
	}
	return p.set(fetch.HeaderCORP, "same-site")
}

// contentType sets the type that the page needs.
func (p *proposal) contentType() []server.Change {
	want := p.failure.Want
	switch {
	case want != "":
	case p.result.Request.Destination == fetch.DestinationStyle:
		want = "text/css"
	case p.result.Request.Destination == fetch.DestinationScript:
		want = "text/javascript"
	default:
		return nil
	}
	return p.set("Content-Type", want)
}

func (p *proposal) statusOK() []server.Change { return p.status(200) }

// opaque repairs what opaque response blocking has checked: the status or the
// type.
func (p *proposal) opaque() []server.Change {
	if p.failure.Header == "" {
		return p.statusOK()
	}
	return p.contentType()
}
