package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// otherWords are words that people use for a flag.
var otherWords = map[string]string{
	"page": "from", "origin": "from", "referer": "from",
	"request": "method", "browser": "engine", "browsers": "engine", "profile": "engine",
	"output": "format", "with-credentials": "credentials", "headers": "header", "body": "data",
}

// explainFlag adds to the error of an unknown flag which flag was perhaps meant.
func explainFlag(cmd *cobra.Command, err error) error {
	unknown, ok := errors.AsType[*pflag.NotExistError](err)
	if !ok {
		return err
	}
	if near := nearFlag(cmd.Flags(), unknown.GetSpecifiedName()); near != "" {
		return fmt.Errorf("%w; did you mean --%s?", err, near)
	}
	return fmt.Errorf("%w; %s --help lists the flags", err, cmd.CommandPath())
}

// nearFlag returns the name of the flag that a word is perhaps meant to be: another word
// for it, or with two letters that differ at most; "" if there is none.
func nearFlag(flags *pflag.FlagSet, word string) string {
	if name := otherWords[word]; name != "" && flags.Lookup(name) != nil {
		return name
	}
	const maxWord = 32 // of a flag's name; what is longer is none
	if len(word) > maxWord || len(word) < 3 {
		return ""
	}
	best, least := "", 3
	flags.VisitAll(func(f *pflag.Flag) {
		switch n := editDistance(word, f.Name); {
		case strings.HasPrefix(f.Name, word) && least > 1:
			best, least = f.Name, 1
		case n < least:
			best, least = f.Name, n
		}
	})
	return best
}

// editDistance returns how many letters have to be added, removed or replaced to make
// one word of another.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := slices.Clone(row)
		row[0] = i + 1
		for j := range len(b) {
			same := before[j]
			if a[i] != b[j] {
				same++
			}
			row[j+1] = min(same, before[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
