package ask_test

import (
	"net/netip"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/ask"
)

func TestLocalNetworks(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1": "loopback", "::1": "loopback", "::ffff:127.8.9.1": "loopback", "0.0.0.0": "this host",
		"10.1.2.3": "private", "172.31.0.1": "private", "192.168.1.1": "private", "fd00::1": "private",
		"169.254.169.254": "link-local", "fe80::1%eth0": "link-local", "100.64.0.1": "carrier-grade NAT", "100.80.1.1": "carrier-grade NAT",
		"93.184.215.14": "", "172.32.0.1": "", "100.128.0.1": "", "2606:2800::1": "", "::ffff:8.8.8.8": "",
	} {
		assert.Equal(t, ask.LocalNetwork(netip.MustParseAddr(address)), want, address)
	}
}
