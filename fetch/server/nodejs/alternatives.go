package nodejs

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// option is one of several policies that a text prints in one block.
type option struct {
	from, to int // offsets in the text
	name     string
}

// alternatives returns the readings of a text in which only one of its policies
// stands, if it has several in one block.
func alternatives(src *server.Source) []server.Alternative {
	tree, err := parser.ParseFile(nil, src.Name, src.Text, 0)
	if err != nil {
		return nil
	}
	options := policyStatements(src.Text, tree.Body)
	if len(options) < 2 {
		options = headerGroups(src.Text, tree.Body)
	}
	if len(options) < 2 {
		return nil
	}
	var out []server.Alternative
	for i, o := range options {
		text := src.Text
		for j, other := range options {
			if i != j {
				text = text[:other.from] + blank(text[other.from:other.to]) + text[other.to:]
			}
		}
		alone := *src
		alone.Text = text
		out = append(out, server.Alternative{Name: o.name, Source: alone})
	}
	return out
}

var (
	policyCall   = regexp.MustCompile(`^\w+\.use\(\s*cors\(`)
	optionName   = regexp.MustCompile(`(?i)\b(option|form|variant|method|example)\s+(\d+)`)
	verdictNames = regexp.MustCompile(`\b(BAD|GOOD|WRONG|RIGHT|DANGEROUS|SAFE|INSECURE|SECURE)\b`)
)

// policyStatements returns the statements that use cors for all paths.
func policyStatements(text string, body []ast.Statement) []option {
	var out []option
	for _, s := range body {
		from, to := int(s.Idx0())-1, int(s.Idx1())-1
		if _, ok := s.(*ast.ExpressionStatement); !ok || from < 0 || to > len(text) || !policyCall.MatchString(text[from:to]) {
			continue
		}
		name := nameBefore(text, from)
		if name == "" {
			name = fmt.Sprintf("line %d alone", strings.Count(text[:from], "\n")+1)
		}
		out = append(out, option{from, to, name})
	}
	return out
}

// nameBefore returns the name that the comment above a statement gives it.
func nameBefore(text string, at int) string {
	lines := strings.Split(text[:at], "\n")
	for i := len(lines) - 1; i >= 0 && i > len(lines)-12; i-- {
		line := strings.TrimSpace(lines[i])
		if !strings.HasPrefix(line, "//") {
			continue
		}
		if m := optionName.FindStringSubmatch(line); m != nil {
			return fetch.ByteLowercase(m[1]) + " " + m[2] + " alone"
		}
		if m := verdictNames.FindString(line); m != "" {
			return m + " alone"
		}
	}
	return ""
}

var headerCall = regexp.MustCompile(`^res\.(?:header|setHeader|set)\(\s*['"]([\w-]+)['"]`)

// headerGroups returns the groups of statements of a fragment that set the same
// headers again.
func headerGroups(text string, body []ast.Statement) []option {
	var out []option
	seen := make(map[string]bool)
	for _, s := range body {
		from, to := int(s.Idx0())-1, int(s.Idx1())-1
		if from < 0 || to > len(text) {
			return nil
		}
		m := headerCall.FindStringSubmatch(text[from:to])
		if m == nil {
			return nil
		}
		if len(out) == 0 || seen[fetch.ByteLowercase(m[1])] {
			clear(seen)
			out = append(out, option{from: from, name: ordinal(len(out)) + " pair alone"})
		}
		seen[fetch.ByteLowercase(m[1])] = true
		out[len(out)-1].to = to
	}
	return out
}

func ordinal(i int) string {
	words := []string{"first", "second", "third", "fourth", "fifth"}
	if i < len(words) {
		return words[i]
	}
	return fmt.Sprintf("%dth", i+1)
}
