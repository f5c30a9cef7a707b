package record

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
)

// located returns a story whose hosts have address spaces.
func located(t *testing.T, name, spaces, more string) *Story {
	t.Helper()
	return story(t, fmt.Sprintf(`{"name": %q, "page": "https://myapp.test/", "addressSpaces": {%s}, "server": [{"when": {"url": "http://localhost/"}, "status": 200},
		{"when": {"url": "http://other.test/"}, "status": 200}], "steps": [{"fetch": {"url": "http://nas.local/x"}}]%s}`, name, spaces, more))
}

func TestHostsOf(t *testing.T) {
	assert.Check(t, hostsOf(story(t, mixed)) == nil)
	assert.Equal(t, (*hostTable)(nil).of("myapp.test"), "127.0.0.1")
	got := hostsOf(located(t, "x-1", `"myapp.test": "public", "nas.local": "local", "agent.test": "loopback"`, ""))
	for name, want := range map[string]string{
		"myapp.test": "203.0.113.10", "nas.local": "192.168.7.10", "agent.test": "127.0.0.1", "localhost": "127.0.0.1", "other.test": "203.0.113.10", "never.test": "203.0.113.10",
	} {
		assert.Equal(t, got.of(name), want, name)
	}
}

// Stories share a world unless one says something else of a host.
func TestSettle(t *testing.T) {
	plain := story(t, mixed)
	a := located(t, "a-1", `"myapp.test": "public", "nas.local": "local"`, "")
	b := located(t, "b-1", `"myapp.test": "local", "nas.local": "local"`, "")
	c := located(t, "c-1", `"myapp.test": "public", "nas.local": "local", "agent.test": "loopback"`, "")
	stories := []*Story{a, b, plain, c}
	tables := settle(stories)
	assert.Check(t, tables[plain] == nil && tables[a] == tables[c] && tables[a] != tables[b])
	assert.Equal(t, tables[a].of("agent.test"), "127.0.0.1")
	var got []string
	for _, s := range inTurn(stories, tables) {
		got = append(got, s.Name)
	}
	assert.DeepEqual(t, got, []string{"x-1", "a-1", "c-1", "b-1"})
}

// The file of hosts says where they are now.
func TestMove(t *testing.T) {
	s := located(t, "a-1", `"nas.local": "local"`, "")
	w := &world{network: network{names: []string{"nas.local", "other.test"}}, hosts: filepath.Join(t.TempDir(), "hosts")}
	for _, c := range []struct {
		table *hostTable
		want  string
	}{
		{nil, "127.0.0.1 localhost\n127.0.0.1 nas.local\n127.0.0.1 other.test\n"},
		{hostsOf(s), "127.0.0.1 localhost\n192.168.7.10 nas.local\n203.0.113.10 other.test\n"},
	} {
		assert.NilError(t, w.move(c.table))
		got, err := os.ReadFile(w.hosts)
		assert.NilError(t, err)
		assert.Equal(t, string(got), c.want)
	}
	assert.Equal(t, (&chromium{world: w}).resolverRules(), "MAP nas.local 192.168.7.10,MAP other.test 203.0.113.10")
}

func TestPermissionsOf(t *testing.T) {
	s := located(t, "a-1", `"nas.local": "local"`, `, "permissions": {"local-network": "granted"}`)
	var got []string
	for _, p := range permissionsOf(s) {
		got = append(got, fmt.Sprint(p.origin, " ", p.name, " ", p.state))
	}
	assert.DeepEqual(t, got, []string{"https://myapp.test local-network granted"})
	assert.Check(t, asksNobody(s))
	s = located(t, "a-1", `"nas.local": "local"`, `, "permissions": {"local-network": "granted", "loopback-network": "denied"}`)
	assert.Check(t, !asksNobody(s) && !asksNobody(story(t, mixed)))
	assert.Equal(t, len(permissionsOf(s)), 2)
}

// Stories whose documents have policies for permissions get their answers in a profile, which the policies bind.
func TestChromiumSettings(t *testing.T) {
	granted := `, "permissions": {"local-network": "granted", "loopback-network": "denied"}`
	c := &chromium{chromiumSettings: settingsOf(located(t, "a-1", `"nas.local": "local"`, granted))}
	assert.Check(t, c.audited && !c.untrusted && !c.hasOwnProfile())
	c.chromiumSettings = settingsOf(located(t, "a-1", `"nas.local": "local"`, granted+`, "pageHeaders": [["Permissions-Policy", "local-network=()"]]`))
	assert.Check(t, c.hasOwnProfile())
	assert.Equal(t, string(c.preferences()), `{"net":{"network_prediction_options":2},"profile":{"block_third_party_cookies":false,`+
		`"content_settings":{"exceptions":{"local_network":{"*,*":{"setting":1}},"loopback_network":{"*,*":{"setting":2}}}},"cookie_controls_mode":0}}`)
	plain := settingsOf(story(t, mixed))
	assert.Check(t, plain.untrusted && !plain.audited && !plain.hasOwnProfile())
}

// The user's own browser reaches all hosts at one address, so it is not asked about address spaces.
func TestMappedWorldHasNoAddressSpaces(t *testing.T) {
	_, err := openMapped(&Installed{Engine: "chromium", Path: "/nowhere"}, []*Story{story(t, mixed), located(t, "a-1", `"nas.local": "local"`, "")})
	assert.ErrorContains(t, err, "a-1: addressSpaces, permissions: ")
}
