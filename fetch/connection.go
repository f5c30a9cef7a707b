package fetch

import (
	"errors"

	"github.com/corsim/corsim/fetch/enum"
)

// ConnectionFault is why a connection to a server brought no response.
type ConnectionFault uint8

// The faults.
const (
	// FaultUnknown: it is not known why no response came.
	FaultUnknown ConnectionFault = iota
	// FaultRefused: nothing listens on the port.
	FaultRefused
	// FaultName: the host name has no address.
	FaultName
	// FaultUnreachable: no network leads to the address.
	FaultUnreachable
	// FaultTimeout: nothing came in time.
	FaultTimeout
	// FaultClosed: the server closed the connection before it responded.
	FaultClosed
	// FaultReset: the connection broke off.
	FaultReset
	// FaultExpired: the time of the certificate is over.
	FaultExpired
	// FaultNotYetValid: the time of the certificate has not begun.
	FaultNotYetValid
	// FaultSelfSigned: the certificate vouches for itself only.
	FaultSelfSigned
	// FaultAuthority: a certificate authority signed the certificate that is not
	// known, or the server does not send the certificates in between.
	FaultAuthority
	// FaultHostName: the certificate is for other host names.
	FaultHostName
	// FaultTLSVersion: the two sides have no version of TLS or no cipher in common.
	FaultTLSVersion
	// FaultNotTLS: the server does not speak TLS on this port.
	FaultNotTLS
)

var faultWords = enum.New[ConnectionFault]("fault of a connection",
	"unknown", "refused", "name", "unreachable", "timeout", "closed", "reset",
	"expired", "not-yet-valid", "self-signed", "authority", "host-name", "tls-version", "not-tls")

// String returns a stable word, such as "self-signed".
func (f ConnectionFault) String() string { return faultWords.Word(f) }

// ParseConnectionFault returns the fault of a word. The error for an unknown word
// lists the known ones.
func ParseConnectionFault(word string) (ConnectionFault, error) { return faultWords.Parse(word) }

// ConnectionError is the error of a [Transport] that knows why no response came.
type ConnectionError struct {
	Fault ConnectionFault
	Err   error
}

// Error returns the text of the cause.
func (e *ConnectionError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *ConnectionError) Unwrap() error { return e.Err }

// FaultOf returns why an error of a [Transport] means that no response came.
func FaultOf(err error) ConnectionFault {
	if wrong, ok := errors.AsType[*ConnectionError](err); ok {
		return wrong.Fault
	}
	if errors.Is(err, ErrNoAnswer) {
		return FaultClosed
	}
	return FaultUnknown
}
