package wire

import (
	"crypto/tls"
	"net"
	"syscall"
)

// together makes the last bytes of a connection and its end travel together. Without it a client can read a response,
// send the next request over the same connection, and only then see that the connection has ended.
func together(c net.Conn) {
	switch c := c.(type) {
	case *buffered:
		together(c.Conn)
	case *tls.Conn:
		together(c.NetConn())
	case *net.TCPConn:
		raw, err := c.SyscallConn()
		if err != nil {
			return
		}
		_ = raw.Control(func(fd uintptr) {
			_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_CORK, 1)
		})
	}
}
