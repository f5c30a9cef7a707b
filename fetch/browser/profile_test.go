package browser_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/browser"
)

// TestProfiles checks the names of profiles and entries.
func TestProfiles(t *testing.T) {
	seen := make(map[string]bool)
	names := browser.ProfileNames()
	assert.Equal(t, len(names), len(browser.Profiles()))
	for i, p := range browser.Profiles() {
		assert.Equal(t, p.Name(), names[i])
		assert.Check(t, !seen[p.Name()], "%s stands there twice", p.Name())
		seen[p.Name()] = true
		found, err := browser.ProfileByName(p.Name())
		assert.NilError(t, err)
		assert.Equal(t, found.Name(), p.Name())
		assert.Equal(t, found.Engine(), p.Engine())

		entries := make(map[string]bool)
		for _, e := range p.Entries() {
			assert.Check(t, !entries[e.Name], "%s has %s twice", p.Name(), e.Name)
			entries[e.Name] = true
			for what, s := range map[string]string{
				"what the standard says": e.Standard, "what the browser does": e.Behaviour, "source": e.Source, "versions": e.Versions,
			} {
				assert.Check(t, s != "", "%s of %s does not tell its %s", e.Name, p.Name(), what)
			}
			less, err := p.Without(e.Name)
			assert.NilError(t, err)
			assert.Equal(t, len(less.Entries()), len(p.Entries())-1)
			assert.Equal(t, less.Name(), p.Name())
			assert.Equal(t, less.Derived(), p.Derived())
			_, err = less.Without(e.Name)
			assert.ErrorContains(t, err, e.Name)
		}
	}
}

// TestSpecProfile shows that the standard's profile has no entries.
func TestSpecProfile(t *testing.T) {
	p := browser.Profiles()[0]
	assert.Equal(t, p.Name(), "spec")
	assert.Equal(t, p.Engine(), browser.EngineNone)
	assert.Equal(t, len(p.Entries()), 0)
	_, err := p.Without("anything")
	assert.Error(t, err, `profile spec has no entry "anything"`)
	assert.Equal(t, browser.New(p).Profile(), p)
}

// TestUnknownProfile shows that the error for an unknown name lists the known
// ones.
func TestUnknownProfile(t *testing.T) {
	_, err := browser.ProfileByName("Chrome")
	assert.ErrorContains(t, err, `"Chrome"`)
	for _, p := range browser.Profiles() {
		assert.ErrorContains(t, err, p.Name())
	}
}

// TestEntriesAreACopy shows that a caller cannot change a profile.
func TestEntriesAreACopy(t *testing.T) {
	for _, p := range browser.Profiles() {
		if entries := p.Entries(); len(entries) > 0 {
			entries[0].Name = "changed"
			assert.Check(t, p.Entries()[0].Name != "changed")
		}
	}
}
