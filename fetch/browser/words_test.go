package browser

import (
	"testing"

	"gotest.tools/v3/assert"
)

func TestParseCrossOrigin(t *testing.T) {
	for value, want := range map[string]CrossOrigin{
		"":                 CrossOriginAnonymous,
		"anonymous":        CrossOriginAnonymous,
		"none":             CrossOriginAnonymous,
		"use-credentials":  CrossOriginUseCredentials,
		"Use-CREDENTIALS":  CrossOriginUseCredentials,
		" use-credentials": CrossOriginAnonymous,
		"uſe-credentials":  CrossOriginAnonymous, // not an s, though Unicode folds it to one
	} {
		assert.Check(t, ParseCrossOrigin(value) == want, "%q", value)
	}
}

func TestWordOfInitMode(t *testing.T) {
	assert.Equal(t, InitMode("").String(), "cors")
	assert.Equal(t, InitModeNoCORS.String(), "no-cors")
	assert.Equal(t, InitMode("none of them").String(), "none of them")
}
