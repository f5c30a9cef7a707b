//go:build !linux

package wire

import "net"

// together does nothing where the system cannot hold bytes back.
func together(net.Conn) {}
