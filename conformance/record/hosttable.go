package record

import (
	"fmt"
	"maps"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// hostTable has the addresses of hosts by their names. A browser judges a host by the address to which it connects, so the
// address has to be of the host's address space. The table of a world in which all hosts are alike is nil.
type hostTable struct{ addresses map[string]string }

// alike is the address of all hosts in a world in which they are alike.
const alike = "127.0.0.1"

// of returns the address of a host by its name.
func (t *hostTable) of(name string) string {
	if t == nil {
		return alike
	}
	if address, ok := t.addresses[name]; ok {
		return address
	}
	return addressIn(fetch.AddressSpacePublic)
}

// agree reports whether hosts that both tables have are at the same addresses.
func (t *hostTable) agree(other *hostTable) bool {
	for name, address := range t.addresses {
		if there, ok := other.addresses[name]; ok && there != address {
			return false
		}
	}
	return true
}

// hostsOf returns where the hosts of a story are. A host of which the story says nothing is public, but for localhost
// and the names below it.
func hostsOf(s *Story) *hostTable {
	if !s.World.IsLocated() {
		return nil
	}
	out := &hostTable{addresses: make(map[string]string)}
	for _, name := range networkOf([]*Story{s}).names {
		space := fetch.AddressSpacePublic
		if name == "localhost" || strings.HasSuffix(name, ".localhost") {
			space = fetch.AddressSpaceLoopback
		}
		out.addresses[name] = addressIn(space)
	}
	for name, space := range s.World.AddressSpaces {
		out.addresses[name] = addressIn(space)
	}
	return out
}

// addressIn returns the address of the recorder's machine that is in an address space.
func addressIn(space fetch.AddressSpace) string {
	address := policy.AddressIn(space)
	return address.String()
}

// settle gives stories tables, as few as it finds. Those of stories whose hosts are alike are nil.
func settle(stories []*Story) map[*Story]*hostTable {
	out := make(map[*Story]*hostTable)
	var tables []*hostTable
stories:
	for _, s := range stories {
		needed := hostsOf(s)
		if needed == nil {
			continue
		}
		for _, w := range tables {
			if needed.agree(w) {
				maps.Copy(w.addresses, needed.addresses)
				out[s] = w
				continue stories
			}
		}
		tables = append(tables, needed)
		out[s] = needed
	}
	return out
}

// permission is the user's answer to the question whether the documents of an origin may reach an address space.
type permission struct {
	origin origin.Origin
	name   string
	state  policy.PermissionState
}

// permissionsOf returns the answers that a user has given before a story. Nobody answers what is not in the list.
func permissionsOf(s *Story) []permission {
	documents := []string{s.Page}
	for _, step := range s.Steps {
		if page, ok := step.(*scenario.PageStep); ok {
			documents = append(documents, page.URL)
		}
	}
	var out []permission
	for _, document := range documents {
		u, err := origin.ParseURL(document)
		if err != nil {
			continue // opening the document says so
		}
		for _, space := range []fetch.AddressSpace{fetch.AddressSpaceLocal, fetch.AddressSpaceLoopback} {
			if state := s.World.Permissions.For(space); state != policy.PermissionPrompt {
				out = append(out, permission{u.Origin(), policy.PermissionName(space), state})
			}
		}
	}
	return out
}

// asksNobody reports whether a story leaves a question to the user that nobody answers.
func asksNobody(s *Story) bool {
	p := s.World.Permissions
	return s.World.IsLocated() && (p.LocalNetwork == policy.PermissionPrompt || p.LoopbackNetwork == policy.PermissionPrompt)
}

// checkMapped returns the error of a story that cannot be recorded in a mapped world, where each host leads to one
// loopback address.
func checkMapped(stories []*Story) error {
	for _, s := range stories {
		if s.World.IsLocated() {
			return fmt.Errorf("%s: addressSpaces, permissions: all hosts lead to one loopback address here, so that no address space is as the scenario says; corsim record without --mine records it", s.Name)
		}
	}
	return nil
}
