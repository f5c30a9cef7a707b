package fetch_test

import (
	"crypto/sha1"
	"encoding/base64"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/origin"
)

// TestSocketAccept checks the example of RFC 6455, section 1.3.
func TestSocketAccept(t *testing.T) {
	assert.Equal(t, fetch.SocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
	for n := range 200 {
		key := strings.Repeat("k", n)
		sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		assert.Equal(t, fetch.SocketAccept(key), base64.StdEncoding.EncodeToString(sum[:]))
	}
}

func TestSocketURL(t *testing.T) {
	for http, ws := range map[string]string{
		"http://a.test/x": "ws://a.test/x", "https://a.test:8443/": "wss://a.test:8443/", "ftp://a.test/": "ftp://a.test/",
	} {
		u := fetch.SocketURL(origin.MustParseURL(http))
		assert.Equal(t, u.String(), ws)
		assert.Equal(t, fetch.SocketHTTPURL(u).String(), http)
	}
}

func TestMalformedSocketProtocol(t *testing.T) {
	for offered, want := range map[string]string{"": "", "a|b": "", "a|A": "", "a|b|a": "a", "a b": "a b", "a|": "", "a,b": "a,b", "é": "é"} {
		protocols := strings.Split(offered, "|")
		if offered == "" {
			protocols = nil
		}
		got, ok := fetch.MalformedSocketProtocol(protocols)
		assert.Equal(t, got, want)
		assert.Equal(t, ok, want != "" || offered == "a|")
	}
}

const key = "AQIDBAUGBwgJCgsMDQ4PEA=="

// opens returns the answer that opens a connection, with other headers in the place of
// those of their names.
func opens(lines ...string) *fetch.Response {
	header := fetch.HeaderList{
		{Name: "Upgrade", Value: "WebSocket"}, {Name: "Connection", Value: "keep-alive, upgrade"},
		{Name: fetch.HeaderSocketAccept, Value: fetch.SocketAccept(key)},
	}
	for _, line := range lines {
		name, value, ok := strings.Cut(line, ": ")
		header.DeleteFunc(func(other string) bool { return fetch.EqualFold(name, other) })
		if ok {
			header.Append(name, value)
		}
	}
	return &fetch.Response{Status: 101, Header: header}
}

func TestHandshake(t *testing.T) {
	for _, tc := range []struct {
		name   string
		h      fetch.Handshake
		resp   *fetch.Response
		reason fetch.Reason
		header string
	}{
		{name: "opens", resp: opens()},
		{name: "status", resp: &fetch.Response{Status: 200}, reason: fetch.ReasonSocketStatus},
		{name: "no-upgrade", resp: opens("Upgrade"), reason: fetch.ReasonSocketHandshake, header: "Upgrade"},
		{name: "other-upgrade", resp: opens("Upgrade: h2c"), reason: fetch.ReasonSocketHandshake, header: "Upgrade"},
		{name: "connection", resp: opens("Connection: close"), reason: fetch.ReasonSocketHandshake, header: "Connection"},
		{name: "accept", resp: opens("Sec-WebSocket-Accept: x"), reason: fetch.ReasonSocketHandshake, header: fetch.HeaderSocketAccept},
		{name: "deflate", resp: opens("Sec-WebSocket-Extensions: permessage-deflate")},
		{name: "deflate-parameters", resp: opens("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=\"15\"; client_no_context_takeover")},
		{name: "deflate-window", resp: opens("Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16"), reason: fetch.ReasonSocketHandshake, header: fetch.HeaderSocketExtensions},
		{name: "deflate-not-offered", resp: opens("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9"), reason: fetch.ReasonSocketHandshake, header: fetch.HeaderSocketExtensions},
		{name: "deflate-offered", h: fetch.Handshake{Window: true}, resp: opens("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9")},
		{name: "deflate-twice", resp: opens("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; server_no_context_takeover"), reason: fetch.ReasonSocketHandshake, header: fetch.HeaderSocketExtensions},
		{name: "protocol", h: fetch.Handshake{Protocols: []string{"a", "b"}}, resp: opens("Sec-WebSocket-Protocol: b")},
		{name: "other-protocol", h: fetch.Handshake{Protocols: []string{"a"}}, resp: opens("Sec-WebSocket-Protocol: A"), reason: fetch.ReasonSocketProtocol, header: fetch.HeaderSocketProtocol},
		{name: "no-protocol", h: fetch.Handshake{Protocols: []string{"a"}}, resp: opens(), reason: fetch.ReasonSocketProtocol, header: fetch.HeaderSocketProtocol},
		{name: "no-protocol-passes", h: fetch.Handshake{Protocols: []string{"a"}, UnansweredPasses: true}, resp: opens()},
		{name: "unwanted-protocol", resp: opens("Sec-WebSocket-Protocol: a"), reason: fetch.ReasonSocketProtocol, header: fetch.HeaderSocketProtocol},
		{name: "empty-protocol", resp: opens("Sec-WebSocket-Protocol: "), reason: fetch.ReasonSocketProtocol, header: fetch.HeaderSocketProtocol},
		{name: "unwanted-protocol-ignored", h: fetch.Handshake{UnaskedIgnored: true}, resp: opens("Sec-WebSocket-Protocol: a")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			tc.h.Key = key
			failure := tc.h.Check(tc.resp)
			if tc.reason == "" {
				assert.Assert(t, failure == nil, "%v", failure)
				return
			}
			assert.Assert(t, failure != nil)
			assert.Equal(t, failure.Reason, tc.reason)
			assert.Equal(t, failure.Header, tc.header)
		})
	}
}

// A window has 8 to 15 bits, and parameters have names.
func TestAllowsExtension(t *testing.T) {
	h := fetch.Handshake{Window: true}
	for parameters, want := range map[string]bool{
		"": true, ";": true, ";;": false, "; ;server_no_context_takeover": false,
		"; server_max_window_bits=7": false, "; server_max_window_bits=8": true, "; server_max_window_bits=9": true, "; server_max_window_bits=1": false,
		"; server_max_window_bits=10": true, "; server_max_window_bits=15": true, "; server_max_window_bits=16": false, "; server_max_window_bits=25": false,
		"; client_max_window_bits=8": true, "; client_max_window_bits=99": false, "; client_max_window_bits=1/": false,
	} {
		assert.Equal(t, h.AllowsExtension("permessage-deflate"+parameters), want, parameters)
	}
}

// FuzzHandshake checks that every answer is judged, and that one which opens the connection
// has what the protocol demands.
func FuzzHandshake(f *testing.F) {
	f.Add("permessage-deflate; server_max_window_bits=10", "chat")
	f.Add("permessage-deflate;;=\"", ", ")
	f.Fuzz(func(t *testing.T, extensions, protocol string) {
		h := fetch.Handshake{Key: key, Protocols: []string{"chat"}, Window: true}
		resp := opens()
		resp.Header.Append(fetch.HeaderSocketExtensions, extensions)
		resp.Header.Append(fetch.HeaderSocketProtocol, protocol)
		if h.Check(resp) == nil && (protocol != "chat" || !strings.Contains(extensions, "permessage-deflate")) {
			t.Errorf("%q and %q open the connection", extensions, protocol)
		}
	})
}
