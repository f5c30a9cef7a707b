package nethttp_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/nethttp"
	"github.com/corsim/corsim/origin"
)

// certified is a certificate with its key.
type certified struct {
	*x509.Certificate
	key *ecdsa.PrivateKey
}

// certify makes a certificate for 127.0.0.1. It signs itself unless there is an
// issuer.
func certify(t *testing.T, name string, issuer *certified, change func(*x509.Certificate)) *certified {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	assert.NilError(t, err)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), BasicConstraintsValid: true,
	}
	change(c)
	out := &certified{c, key}
	if issuer == nil {
		issuer = out
	}
	der, err := x509.CreateCertificate(rand.Reader, c, issuer.Certificate, &key.PublicKey, issuer.key)
	assert.NilError(t, err)
	out.Certificate, err = x509.ParseCertificate(der)
	assert.NilError(t, err)
	return out
}

func TestConnectionFaults(t *testing.T) {
	authority := certify(t, "authority", nil, func(c *x509.Certificate) { c.IsCA = true })
	trusted := x509.NewCertPool()
	trusted.AddCert(authority.Certificate)
	leaf := func(change func(*x509.Certificate)) *certified { return certify(t, "leaf", authority, change) }
	same := func(*x509.Certificate) {}
	for name, row := range map[string]struct {
		certificate *certified
		known       *x509.CertPool
		want        fetch.ConnectionFault
	}{
		"self-signed":   {certify(t, "leaf", nil, same), trusted, fetch.FaultSelfSigned},
		"authority":     {leaf(same), x509.NewCertPool(), fetch.FaultAuthority},
		"host-name":     {leaf(func(c *x509.Certificate) { c.IPAddresses = nil; c.DNSNames = []string{"other.example"} }), trusted, fetch.FaultHostName},
		"expired":       {leaf(func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) }), trusted, fetch.FaultExpired},
		"not-yet-valid": {leaf(func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) }), trusted, fetch.FaultNotYetValid},
	} {
		t.Run(name, func(t *testing.T) {
			server := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{row.certificate.Raw}, PrivateKey: row.certificate.key}}}
			assert.Equal(t, faultOfServer(t, server, &tls.Config{RootCAs: row.known}), row.want)
		})
	}
	t.Run("tls-version", func(t *testing.T) {
		server := &tls.Config{MaxVersion: tls.VersionTLS12}
		assert.Equal(t, faultOfServer(t, server, &tls.Config{MinVersion: tls.VersionTLS13}), fetch.FaultTLSVersion)
	})
	t.Run("not-tls", func(t *testing.T) {
		s := httptest.NewServer(http.NotFoundHandler())
		defer s.Close()
		assert.Equal(t, faultOfURL(t, "https://"+s.Listener.Addr().String(), nil), fetch.FaultNotTLS)
	})
	t.Run("refused", func(t *testing.T) {
		s := httptest.NewServer(http.NotFoundHandler())
		s.Close()
		assert.Equal(t, faultOfURL(t, s.URL, nil), fetch.FaultRefused)
	})
	t.Run("closed", func(t *testing.T) {
		s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
		defer s.Close()
		assert.Equal(t, faultOfURL(t, s.URL, nil), fetch.FaultClosed)
	})
	t.Run("timeout", func(t *testing.T) {
		s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
		defer s.Close()
		assert.Equal(t, faultWithin(t, 100*time.Millisecond, s.URL, nil), fetch.FaultTimeout)
	})
}

// faultOfServer returns why a request to a server with TLS fails.
func faultOfServer(t *testing.T, server, client *tls.Config) fetch.ConnectionFault {
	t.Helper()
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = server
	s.StartTLS()
	defer s.Close()
	return faultOfURL(t, s.URL, client)
}

func faultOfURL(t *testing.T, url string, client *tls.Config) fetch.ConnectionFault {
	t.Helper()
	return faultWithin(t, nethttp.DefaultTimeout, url, client)
}

func faultWithin(t *testing.T, timeout time.Duration, url string, client *tls.Config) fetch.ConnectionFault {
	t.Helper()
	transport := &nethttp.Transport{RoundTripper: &http.Transport{TLSClientConfig: client, DisableKeepAlives: true}, Timeout: timeout}
	u, err := origin.ParseURL(url)
	assert.NilError(t, err)
	_, err = transport.RoundTrip(t.Context(), &fetch.WireRequest{Method: "GET", URL: u})
	assert.Assert(t, err != nil)
	t.Log(err)
	return fetch.FaultOf(err)
}
