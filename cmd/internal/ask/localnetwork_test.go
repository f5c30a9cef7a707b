package ask_test

import (
	"net/netip"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/cmd/internal/ask"
)

func TestLocalNetworks(t *testing.T) {
	for address, want := range map[string]string{
		"127.0.0.1": "loopback", "::1": "loopback", "::ffff:127.8.9.1": "loopback", "0.0.0.0": "loopback",
		"10.1.2.3": "local", "172.31.0.1": "local", "192.168.1.1": "local", "fd00::1": "local",
		"169.254.169.254": "local", "fe80::1%eth0": "local", "100.64.0.1": "local", "100.80.1.1": "local",
		"93.184.215.14": "", "172.32.0.1": "", "100.128.0.1": "", "2606:2800::1": "", "::ffff:8.8.8.8": "",
	} {
		assert.Equal(t, ask.LocalNetwork(netip.MustParseAddr(address)), want, address)
	}
}
