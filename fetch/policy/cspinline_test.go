package policy_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/policy"
)

func TestCheckInlineScript(t *testing.T) {
	for name, c := range map[string]struct {
		lines  []string
		nonce  string
		blocks bool
	}{
		"no-policy":                    {},
		"other-directive":              {lines: []string{enforced + "img-src 'none'"}},
		"self":                         {lines: []string{enforced + "script-src 'self'"}, blocks: true},
		"default":                      {lines: []string{enforced + "default-src *"}, blocks: true},
		"unsafe-inline":                {lines: []string{enforced + "script-src 'Unsafe-Inline'"}},
		"elements-before-scripts":      {lines: []string{enforced + "script-src 'none'; script-src-elem 'unsafe-inline'"}},
		"nonce":                        {lines: []string{enforced + "script-src 'nonce-Ab1'"}, nonce: "Ab1"},
		"other-nonce":                  {lines: []string{enforced + "script-src 'nonce-Ab1'"}, nonce: "ab1", blocks: true},
		"nonce-missing":                {lines: []string{enforced + "script-src 'nonce-Ab1' 'unsafe-inline'"}, blocks: true},
		"hash":                         {lines: []string{enforced + "script-src 'SHA256-right'"}},
		"other-hash":                   {lines: []string{enforced + "script-src 'sha256-wrong' 'unsafe-inline'"}, blocks: true},
		"strict-dynamic-unsafe-inline": {lines: []string{enforced + "script-src 'strict-dynamic' 'unsafe-inline'"}, blocks: true},
		"two-policies":                 {lines: []string{enforced + "script-src 'unsafe-inline', script-src 'self'"}, blocks: true},
	} {
		t.Run(name, func(t *testing.T) {
			violations := policy.CheckInlineScript(parsed("https://page.example/", c.lines...), policy.InlineScript{
				Nonce: c.nonce, IsHash: func(algorithm, digest string) bool { return algorithm == "sha256" && digest == "right" },
			})
			assert.Equal(t, policy.IsEnforced(violations), c.blocks)
		})
	}
}
