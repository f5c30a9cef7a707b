package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
)

// Story is a scenario with its text. The runner gets steps as they are written, because the words that a page
// hands to a web API are text.
type Story struct {
	*scenario.Scenario
	text   string
	steps  []json.RawMessage
	worker string // the service worker, as it is written; "" if there is none
}

// NewStory returns the story of a scenario that was decoded from a text.
func NewStory(s *scenario.Scenario, text string) (*Story, error) {
	var raw struct {
		Steps         []json.RawMessage `json:"steps"`
		ServiceWorker json.RawMessage   `json:"serviceWorker"`
	}
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return nil, err
	}
	if len(raw.Steps) != len(s.Steps) {
		return nil, fmt.Errorf("%d steps, but %d in the text", len(s.Steps), len(raw.Steps))
	}
	if s.World.HSTS != nil || s.World.Logins != nil {
		return nil, errors.New("hsts, logins: the recorder gives browsers no such facts; it cannot record this scenario")
	}
	return &Story{Scenario: s, text: text, steps: raw.Steps, worker: string(raw.ServiceWorker)}, nil
}

// stores matches what makes a browser remember something that scenarios of other names can notice.
var stores = regexp.MustCompile(`(?i)"cookies"|set-cookie|www-authenticate|clear-site-data|strict-transport|alt-svc|"worker"|"serviceWorker"|"permissions"|"addressspaces"|websocket|://[^/"]*@`)

// standsAlone reports whether a browser that has played the story shows no other story that it has: the story stores nothing,
// and all its URLs have its name.
func (s *Story) standsAlone() bool {
	if stores.MatchString(s.text) {
		return false
	}
	for _, rule := range s.Server {
		if !strings.Contains(rule.When.URL, s.Name) {
			return false
		}
	}
	return true
}

// authority matches the host and the port of each URL in a scenario's text.
var authority = regexp.MustCompile(`//(?:[^/@"\\ ]*@)?([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::([0-9]{1,5}))?`)

// refusedPort is the port at which nothing listens in any world.
const refusedPort = 4999

// refusedAddress is where nothing listens on a machine; refusedPort leads there in a mapped world.
const refusedAddress = "127.0.0.1:1"

// network is what the world of a recording has to contain.
type network struct {
	names     []string     // of hosts
	addresses []netip.Addr // that scenarios use as hosts, except loopback ones
	ports     []uint16
}

// networkOf returns what the hosts and ports of stories need.
func networkOf(stories []*Story) network {
	names, ports := map[string]bool{}, map[uint16]bool{80: true, 443: true}
	addresses := map[netip.Addr]bool{}
	for _, s := range stories {
		for _, m := range authority.FindAllStringSubmatch(s.text, -1) {
			if port, err := strconv.ParseUint(m[2], 10, 16); err == nil && port > 0 {
				ports[uint16(port)] = true
			}
			host := m[1]
			if host[0] == '[' {
				host = host[1 : len(host)-1]
			}
			if address, err := netip.ParseAddr(host); err == nil {
				addresses[address.Unmap()] = !address.Unmap().IsLoopback() && !address.IsUnspecified()
			} else {
				names[fetch.ByteLowercase(host)] = true
			}
		}
	}
	delete(ports, refusedPort)
	return network{names: keysOf(names), addresses: keysOf(addresses), ports: keysOf(ports)}
}

// hosts returns the hosts of the stories as browsers look them up: names, and addresses without brackets.
func (n *network) hosts() []string {
	out := append([]string{"localhost", "127.0.0.1", "::1"}, n.names...)
	for _, a := range n.addresses {
		out = append(out, a.String())
	}
	return out
}

// has reports whether a URL has a host of the stories.
func (n *network) has(url string) bool {
	m := authority.FindStringSubmatch(url)
	if m == nil {
		return false
	}
	host := fetch.ByteLowercase(strings.Trim(m[1], "[]"))
	if address, err := netip.ParseAddr(host); err == nil {
		address = address.Unmap()
		return address.IsLoopback() || address.IsUnspecified() || slices.Contains(n.addresses, address)
	}
	return slices.Contains(n.hosts(), host)
}

// keysOf returns the keys whose value is true, in order.
func keysOf[K comparable](set map[K]bool) []K {
	var out []K
	for k, in := range set {
		if in {
			out = append(out, k)
		}
	}
	slices.SortFunc(out, func(a, b K) int {
		x, y := fmt.Sprint(a), fmt.Sprint(b)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	})
	return out
}
