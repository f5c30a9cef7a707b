package scenario

import (
	"context"
	"errors"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// World is where a scenario's hosts are, and what the user has allowed pages to
// reach. The zero value is a world in which all hosts are alike.
type World struct {
	// AddressSpaces holds the address spaces of hosts by name; nil if the scenario
	// says nothing of them.
	AddressSpaces map[string]fetch.AddressSpace
	Permissions   policy.Permissions
	// CertificateErrors: the certificates of the servers have errors, which the user has
	// accepted. Chromium then stores nothing that came over https in its HTTP cache.
	CertificateErrors bool
	// HSTS holds the hosts of which the browser knows that they want https.
	HSTS policy.HSTS
	// Logins are what the browser remembers.
	Logins []browser.Login
}

// laterKeys are the keys that format 1 did not have. With format 1 browsers were recorded
// with a certificate that they did not trust, and later ones with one that they trust: a
// scenario without these keys has certificate errors, unless it says otherwise.
var laterKeys = map[string]bool{
	"referrerPolicy": true, "pageHeaders": true, "addressSpaces": true, "permissions": true, "times": true, "worker": true,
	"cache": true, "keepalive": true, "referrer": true, "bodyType": true, "blobType": true, "responseType": true, "sync": true,
	"canvas": true, "sandbox": true, "message": true, "as": true, "property": true, "allow": true, "targetAddressSpace": true,
	"form": true, "websocket": true, "protocols": true, "hsts": true, "logins": true, "serviceWorker": true,
}

// IsLocated reports whether a scenario says where hosts are, or what the user allows.
func (w *World) IsLocated() bool {
	return w.AddressSpaces != nil || w.Permissions != policy.Permissions{}
}

// Options returns the options that put a browser into the world.
func (w *World) Options() []browser.Option {
	var out []browser.Option
	if w.CertificateErrors {
		out = append(out, browser.WithCertificateErrors())
	}
	if w.HSTS != nil {
		out = append(out, browser.WithHSTS(w.HSTS))
	}
	if w.Logins != nil {
		out = append(out, browser.WithLogins(w.Logins))
	}
	if !w.IsLocated() {
		return out
	}
	return append(out, browser.WithAddresses(policy.AddressesIn(w.AddressSpaces)), browser.WithPermissions(w.Permissions))
}

// worldServer is the scripted server of a scenario with a world. A port speaks
// either http or https there.
type worldServer struct {
	fetch.Transport
	script server.Script
}

// RoundTrip returns the response of the first rule that matches.
func (s worldServer) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	answer, err := s.Transport.RoundTrip(ctx, req)
	if errors.Is(err, fetch.ErrNoAnswer) && s.speaksOnlyHTTP(req.URL) {
		return nil, &fetch.ConnectionError{Fault: fetch.FaultNotTLS, Err: err}
	}
	return answer, err
}

// speaksOnlyHTTP reports whether the port of an https URL is one at which the rules
// have http URLs, and no https ones.
func (s worldServer) speaksOnlyHTTP(u origin.URL) bool {
	if _, ok := u.Port(); !ok || u.Scheme() != "https" {
		return false
	}
	secure, insecure := u.Root().String(), u.WithScheme("http").Root().String()
	found := false
	for i := range s.script {
		if strings.HasPrefix(s.script[i].When.URL, secure) {
			return false
		}
		found = found || strings.HasPrefix(s.script[i].When.URL, insecure)
	}
	return found
}

// addressSpaces takes an object of hosts and their address spaces.
func (s *scanner) addressSpaces(out *map[string]fetch.AddressSpace) error {
	*out = make(map[string]fetch.AddressSpace)
	return s.members(func(host string) error {
		word, err := s.string()
		if err != nil {
			return err
		}
		space, err := fetch.ParseAddressSpace(word)
		switch {
		case err == nil && space == fetch.AddressSpaceUnknown, err != nil:
			return problemf("unknown address space %s; known: public, local, loopback", Quote(word))
		case host == "" || host != fetch.ByteLowercase(host):
			return problemf("want the name of a host, in lower case and without a port")
		}
		if _, ok := (*out)[host]; ok {
			return problemf("the key appears twice")
		}
		(*out)[host] = space
		return nil
	})
}

// hsts takes an object of hosts and what each has sent as Strict-Transport-Security.
func (s *scanner) hsts(out *policy.HSTS) error {
	*out = policy.HSTS{}
	return s.members(func(host string) error {
		value, err := s.string()
		if err == nil {
			err = out.Set(host, value)
		}
		return err
	})
}

// logins takes an array of logins.
func (s *scanner) logins(out *[]browser.Login) error {
	return s.array(func() error {
		var l browser.Login
		err := s.object(&loginKeys, func(key string) error {
			text, err := s.string()
			switch key {
			case "url":
				if err == nil {
					l.URL, err = origin.ParseURL(text)
				}
			case "user":
				l.User = text
			case "password":
				l.Password = text
			}
			return err
		})
		*out = append(*out, l)
		return err
	})
}

// permissions takes an object of permissions and their states.
func (s *scanner) permissions(out *policy.Permissions) error {
	return s.members(func(name string) error {
		if err := out.Set(name, policy.PermissionPrompt); err != nil {
			return problemf("%v", err)
		}
		word, err := s.string()
		if err != nil {
			return err
		}
		state, err := policy.ParsePermissionState(word)
		if err != nil {
			return err
		}
		return out.Set(name, state)
	})
}
