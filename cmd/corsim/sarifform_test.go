package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// sarifForms has the rules of the SARIF 2.1.0 standard and its schema for the
// objects that are written here: each property with what it may hold; "!"
// stands behind the name of one that must be there, a form's name in brackets
// for an array of it. Other properties of the standard are not written, so they
// are mistakes here.
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317478
var sarifForms = map[string]map[string]string{
	"log":          {"$schema": "absolute URI", "version!": "2.1.0", "runs!": "[run]"},
	"run":          {"tool!": "tool", "invocations": "[invocation]", "results": "[result]"},
	"invocation":   {"executionSuccessful!": "boolean", "toolExecutionNotifications": "[notification]"},
	"notification": {"level": "none|note|warning|error", "message!": "message"},
	"tool":         {"driver!": "component"},
	"component":    {"name!": "text", "informationUri": "absolute URI", "rules": "[descriptor]"},
	"descriptor":   {"id!": "text", "shortDescription": "description", "helpUri": "absolute URI"},
	"description":  {"text!": "text"},
	"result":       {"ruleId": "text", "ruleIndex": "index", "level": "none|note|warning|error", "message!": "message", "locations": "[location]", "fixes": "[fix]"},
	"fix":          {"description": "message", "artifactChanges!": "[change]"},
	"change":       {"artifactLocation!": "artifact", "replacements!": "[replacement]"},
	"replacement":  {"deletedRegion!": "span", "insertedContent": "message"},
	"span":         {"startLine": "number", "startColumn": "number", "endLine": "number", "endColumn": "number"},
	"message":      {"text": "text"},
	"location":     {"physicalLocation": "place"},
	"place":        {"artifactLocation": "artifact", "region": "region"},
	"artifact":     {"uri": "URI reference"},
	"region":       {"startLine": "number", "endLine": "number"},
}

// sarifMistakes returns the places where a value does not have a form.
func sarifMistakes(path, form string, value any) []string {
	if array, ok := strings.CutPrefix(form, "["); ok {
		items, ok := value.([]any)
		if !ok {
			return []string{path + " is no array"}
		}
		var out []string
		for i, item := range items {
			out = append(out, sarifMistakes(fmt.Sprintf("%s[%d]", path, i), strings.TrimSuffix(array, "]"), item)...)
		}
		return out
	}
	if properties, ok := sarifForms[form]; ok {
		return sarifObjectMistakes(path, properties, value)
	}
	if !sarifValueIs(form, value) {
		return []string{fmt.Sprintf("%s: %v is no %s", path, value, form)}
	}
	return nil
}

func sarifObjectMistakes(path string, properties map[string]string, value any) []string {
	object, ok := value.(map[string]any)
	if !ok {
		return []string{path + " is no object"}
	}
	var out []string
	left := maps.Clone(object)
	for _, property := range slices.Sorted(maps.Keys(properties)) {
		name, needed := strings.CutSuffix(property, "!")
		if member, ok := object[name]; ok {
			out = append(out, sarifMistakes(path+"."+name, properties[property], member)...)
		} else if needed {
			out = append(out, path+" lacks "+name)
		}
		delete(left, name)
	}
	for name := range left {
		out = append(out, path+" has "+name)
	}
	return out
}

// sarifValueIs reports whether a value that is no object is of a form: one of
// those below, or one of the words between bars.
func sarifValueIs(form string, value any) bool {
	if number, ok := value.(float64); ok {
		return number == float64(int(number)) && (form == "index" && number >= 0 || form == "number" && number >= 1)
	}
	if _, ok := value.(bool); ok {
		return form == "boolean"
	}
	text, ok := value.(string)
	if !ok {
		return false
	}
	switch form {
	case "text":
		return text != ""
	case "URI reference", "absolute URI":
		u, err := url.Parse(text)
		return err == nil && !strings.ContainsAny(text, ` \"<>^{}|`+"`") && (u.IsAbs() || form == "URI reference")
	}
	return slices.Contains(strings.Split(form, "|"), text)
}

// checkSARIF checks a log's form, that each result names its rule (§3.27.6), and that
// no rule occurs twice (§3.19.23).
func checkSARIF(t *testing.T, text []byte) {
	t.Helper()
	var value any
	assert.NilError(t, json.Unmarshal(text, &value))
	assert.DeepEqual(t, sarifMistakes("log", "log", value), []string(nil))
	var log sarifLog
	assert.NilError(t, json.Unmarshal(text, &log))
	for _, run := range log.Runs {
		seen := map[string]bool{}
		for _, rule := range run.Tool.Driver.Rules {
			assert.Check(t, !seen[rule.ID], rule.ID)
			seen[rule.ID] = true
		}
		assert.Check(t, len(run.Results) > 0)
		for _, result := range run.Results {
			assert.Equal(t, run.Tool.Driver.Rules[result.RuleIndex].ID, result.RuleID)
		}
	}
}

// The check finds mistakes.
func TestSARIFMistakes(t *testing.T) {
	for text, want := range map[string]string{
		`[]`:                              "log is no object",
		`{"runs":[]}`:                     "log lacks version",
		`{"version":"2.1"}`:               "log lacks runs; log.version: 2.1 is no 2.1.0",
		`{"version":"2.1.0","runs":[{}]}`: "log.runs[0] lacks tool",
		`{"version":"2.1.0","runs":{}}`:   "log.runs is no array",
		`{"version":"2.1.0","runs":[],"rules":[]}`:                                                                "log has rules",
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":""}}}]}`:                                            "log.runs[0].tool.driver.name:  is no text",
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x","informationUri":"x"}}}]}`:                      "log.runs[0].tool.driver.informationUri: x is no absolute URI",
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"level":"bad","message":{}}]}]}`:  "log.runs[0].results[0].level: bad is no none|note|warning|error",
		`{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[{"message":{},"ruleIndex":-1}]}]}`: "log.runs[0].results[0].ruleIndex: -1 is no index",
	} {
		var value any
		assert.NilError(t, json.Unmarshal([]byte(text), &value))
		assert.Equal(t, strings.Join(sarifMistakes("log", "log", value), "; "), want, text)
	}
}
