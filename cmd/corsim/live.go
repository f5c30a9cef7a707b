package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/origin"
)

// netFlags say how corsim reaches servers.
type netFlags struct {
	insecure     bool
	resolve      []string
	timeout      time.Duration
	maxBody      int64
	http1, http2 bool
	userAgent    string
	each         bool
	allowLocal   bool
}

func (flags *netFlags) register(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&flags.insecure, "insecure", false, "accept a certificate that is not valid; a browser asks the user first")
	cmd.Flags().StringArrayVar(&flags.resolve, "resolve", nil, "connect to host:port at another address, as host:port:address or host:port:address:port; may be repeated")
	cmd.Flags().DurationVar(&flags.timeout, "timeout", 10*time.Second, "how long one response may take")
	cmd.Flags().Int64Var(&flags.maxBody, "max-body", 1<<20, "how many bytes of a body are read; no verdict depends on the rest")
	cmd.Flags().BoolVar(&flags.http1, "http1.1", false, "speak HTTP/1.1 only")
	cmd.Flags().BoolVar(&flags.http2, "http2", false, "speak HTTP/2 only, for an https URL")
	cmd.Flags().StringVar(&flags.userAgent, "user-agent", "corsim", "the User-Agent header, unless script sets one")
	cmd.Flags().BoolVar(&flags.each, "each", false, "send every browser's requests, also those that browsers have in common")
	cmd.Flags().BoolVar(&flags.allowLocal, "allow-local", false, "follow redirects from the Internet to servers on a local network")
	cmd.MarkFlagsMutuallyExclusive("http1.1", "http2")
}

// liveServer is the transport to live servers. It collects notes.
type liveServer struct {
	net    nethttp.Transport
	agent  string
	page   origin.URL
	border border
	// resolved holds the hosts that --resolve leads elsewhere.
	resolved  map[string]bool
	mu        sync.Mutex // protects the fields below
	notes     []string
	addresses map[string]origin.Address // of hosts that were looked up
}

// check returns an error when the flags are not valid.
func (flags *netFlags) check() error {
	_, err := flags.live(origin.URL{})
	return err
}

// live returns the transport from a page to live servers.
func (flags *netFlags) live(page origin.URL) (*liveServer, error) {
	if flags.timeout <= 0 {
		return nil, fmt.Errorf("--timeout %s is not positive", flags.timeout)
	}
	if flags.maxBody <= 0 {
		return nil, fmt.Errorf("--max-body %d is not positive", flags.maxBody)
	}
	addresses, err := parseResolve(flags.resolve)
	if err != nil {
		return nil, err
	}
	l := &liveServer{
		agent: flags.userAgent, page: page, border: border{allowLocal: flags.allowLocal},
		resolved: hostsOf(addresses), addresses: make(map[string]origin.Address),
	}
	l.net = nethttp.Transport{
		RoundTripper: l.roundTripper(flags, addresses), Timeout: flags.timeout, MaxBody: flags.maxBody,
		OnCut: func(req *fetch.WireRequest, cause error) {
			l.note("the body of the response to %s %s was not read to its end: %v", req.Method, req.URL, cause)
		},
	}
	return l, nil
}

// maxResponseHeader is the maximal number of bytes of a response's headers, as in
// browsers.
const maxResponseHeader = 256 << 10

func (l *liveServer) roundTripper(flags *netFlags, addresses map[string]string) http.RoundTripper {
	var protocols http.Protocols
	protocols.SetHTTP1(!flags.http2)
	protocols.SetHTTP2(!flags.http1)
	t := &http.Transport{
		Protocols: &protocols, DisableCompression: true, MaxResponseHeaderBytes: maxResponseHeader,
		TLSClientConfig: &tls.Config{InsecureSkipVerify: flags.insecure}, // a note says so when it matters
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if other, ok := addresses[address]; ok {
				return (&net.Dialer{}).DialContext(ctx, network, other)
			}
			return l.dial(ctx, network, address)
		},
	}
	if len(addresses) == 0 {
		t.Proxy = l.proxy
	}
	if flags.insecure {
		return certificates{t, l}
	}
	return t
}

// certificates adds a note about certificates that are accepted although they are
// not valid.
type certificates struct {
	*http.Transport
	server *liveServer
}

// RoundTrip sends one request.
func (c certificates) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := c.Transport.RoundTrip(req)
	if err != nil || resp.TLS == nil {
		return resp, err
	}
	rest := x509.NewCertPool()
	for _, certificate := range resp.TLS.PeerCertificates[1:] {
		rest.AddCert(certificate)
	}
	host := req.URL.Hostname()
	_, wrong := resp.TLS.PeerCertificates[0].Verify(x509.VerifyOptions{DNSName: host, Intermediates: rest})
	if wrong != nil {
		c.server.note("a browser would stop at the certificate of %s: %v", host, wrong)
	}
	return resp, nil
}

// proxy returns the proxy for a request that the environment names.
func (l *liveServer) proxy(req *http.Request) (*url.URL, error) {
	u, err := http.ProxyFromEnvironment(req)
	if u != nil {
		port := u.Port()
		if port == "" {
			port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
		}
		l.border.through(net.JoinHostPort(u.Hostname(), cmp.Or(port, "1080")))
	}
	return u, err
}

// note adds a note for the reader, unless it is already there. It is safe for
// concurrent use.
func (l *liveServer) note(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if text := fmt.Sprintf(format, args...); !slices.Contains(l.notes, text) {
		l.notes = append(l.notes, text)
	}
}

// noted returns the notes in the order in which they were added.
func (l *liveServer) noted() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.notes)
}

// RoundTrip sends one request.
func (l *liveServer) RoundTrip(ctx context.Context, req *fetch.WireRequest) (*fetch.WireResponse, error) {
	if !req.Header.Contains("User-Agent") {
		named := *req
		named.Header = append(req.Header.Clone(), fetch.Header{Name: "User-Agent", Value: l.agent})
		req = &named
	}
	resp, err := l.net.RoundTrip(ctx, req)
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		l.note("with --insecure corsim accepts a certificate that is not valid")
	}
	return resp, l.plainly(err)
}

// plainly returns an error of net/http in words for users. It adds a note when
// net/http is stricter than browsers.
func (l *liveServer) plainly(err error) error {
	if err == nil {
		return nil
	}
	plain := func(cause error) error { return &fetch.ConnectionError{Fault: fetch.FaultOf(err), Err: cause} }
	if errors.Is(err, io.EOF) {
		return plain(errClosed)
	}
	text, malformed := strings.CutPrefix(err.Error(), "net/http: HTTP/1.x transport connection broken: ")
	if !malformed {
		return err
	}
	text = strings.TrimPrefix(text, "net/http: ")
	if strings.HasPrefix(text, "malformed MIME header") || strings.HasPrefix(text, "unsupported transfer encoding") {
		l.note("corsim is stricter than browsers, which may accept a response with a %s", text)
	}
	return plain(errors.New(text))
}

// errClosed replaces the error EOF of net/http.
var errClosed = errors.New("the server closed the connection before it responded")

// checkProtocol returns an error for a request that no browser makes.
func (flags *netFlags) checkProtocol(u origin.URL) error {
	if u.HasOpaquePath() {
		return fmt.Errorf("%s: only http: and https: URLs can be requested; a host comes after http:// or https://", u)
	}
	if !u.IsHTTP() {
		if s := u.Scheme(); s == "ws" || s == "wss" {
			return fmt.Errorf("%s: CORS does not apply to WebSockets, and check asks http: and https: URLs; corsim classify says what applies", u)
		}
		return fmt.Errorf("%s: only http: and https: URLs can be requested", u)
	}
	if flags.http2 && u.Scheme() != "https" {
		return fmt.Errorf("%s: browsers speak HTTP/2 over https only", u)
	}
	return nil
}

// parseResolve reads host:port:address, where address may have a port.
func parseResolve(list []string) (map[string]string, error) {
	out := make(map[string]string)
	for _, text := range list {
		host, rest, ok := cutHost(text)
		port, address, more := strings.Cut(rest, ":")
		if !ok || !more || port == "" || address == "" {
			return nil, fmt.Errorf("--resolve %q is not of the form host:port:address", text)
		}
		if ip, err := netip.ParseAddr(strings.Trim(address, "[]")); err == nil {
			address = net.JoinHostPort(ip.String(), port)
		} else if _, err := netip.ParseAddrPort(address); err != nil {
			return nil, fmt.Errorf("--resolve %q: %s is not an IP address", text, address)
		}
		out[net.JoinHostPort(fetch.ByteLowercase(host), port)] = address
	}
	return out, nil
}

// hostsOf returns the hosts that --resolve leads elsewhere.
func hostsOf(addresses map[string]string) map[string]bool {
	out := make(map[string]bool, len(addresses))
	for address := range addresses {
		host, _, _ := net.SplitHostPort(address)
		out[host] = true
	}
	return out
}

// cutHost cuts text after a host. A host with colons is in brackets.
func cutHost(text string) (host, rest string, ok bool) {
	if inside, found := strings.CutPrefix(text, "["); found {
		host, rest, ok = strings.Cut(inside, "]:")
		return host, rest, ok && host != ""
	}
	host, rest, ok = strings.Cut(text, ":")
	return host, rest, ok && host != ""
}
