package nethttp

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/corsim/corsim/fetch"
)

// connectionError returns an error of net/http with what it says about the
// connection.
func connectionError(err error) error {
	return &fetch.ConnectionError{Fault: faultOf(err), Err: err}
}

// faults holds the faults that an error itself names.
var faults = []struct {
	err   error
	fault fetch.ConnectionFault
}{
	{syscall.ECONNREFUSED, fetch.FaultRefused},
	{syscall.EHOSTUNREACH, fetch.FaultUnreachable},
	{syscall.ENETUNREACH, fetch.FaultUnreachable},
	{syscall.ECONNRESET, fetch.FaultReset},
	{syscall.EPIPE, fetch.FaultReset},
	{http.ErrSchemeMismatch, fetch.FaultNotTLS},
	{errTimeout, fetch.FaultTimeout},
	{os.ErrDeadlineExceeded, fetch.FaultTimeout},
	{context.DeadlineExceeded, fetch.FaultTimeout},
	{syscall.ETIMEDOUT, fetch.FaultTimeout},
	{fetch.ErrNoAnswer, fetch.FaultClosed},
	{io.EOF, fetch.FaultClosed},
	{io.ErrUnexpectedEOF, fetch.FaultClosed},
}

// faultOf returns why an error of net/http means that no response came.
func faultOf(err error) fetch.ConnectionFault {
	if wrong, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return certificateFault(wrong, time.Now())
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return fetch.FaultNotTLS
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return fetch.FaultName
	}
	for _, known := range faults {
		if errors.Is(err, known.err) {
			return known.fault
		}
	}
	for _, text := range tlsVersionTexts {
		if strings.Contains(err.Error(), text) {
			return fetch.FaultTLSVersion
		}
	}
	return fetch.FaultUnknown
}

// tlsVersionTexts are the texts of crypto/tls when the two sides have no version or
// no cipher in common. Its errors have no types for that.
var tlsVersionTexts = []string{
	"tls: protocol version not supported", "tls: handshake failure", "tls: server selected unsupported protocol version",
	"tls: no supported versions satisfy", "tls: server chose an unconfigured cipher suite",
}

// certificateFault returns what is wrong with a server's certificate. When several
// things are, it is the one that Chromium names: first the authority, then the host
// name, then the time.
func certificateFault(err *tls.CertificateVerificationError, now time.Time) fetch.ConnectionFault {
	if len(err.UnverifiedCertificates) > 0 {
		if leaf := err.UnverifiedCertificates[0]; bytes.Equal(leaf.RawIssuer, leaf.RawSubject) {
			return fetch.FaultSelfSigned
		}
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err.Err); ok {
		return fetch.FaultAuthority
	}
	if _, ok := errors.AsType[x509.HostnameError](err.Err); ok {
		return fetch.FaultHostName
	}
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err.Err)
	switch {
	case !ok || invalid.Reason != x509.Expired:
		return fetch.FaultUnknown
	case invalid.Cert != nil && now.Before(invalid.Cert.NotBefore):
		return fetch.FaultNotYetValid
	}
	return fetch.FaultExpired
}
