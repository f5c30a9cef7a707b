//go:build ignore

// This program prints the facts that IDNA has about every code point beyond
// ASCII. gen_idna.go builds it with changed copies of the modules; it does not
// build with the original modules.
package main

import (
	"bufio"
	"fmt"
	"os"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/bidi"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	mapper := idna.New(idna.MapForLookup(), idna.ValidateLabels(false), idna.StrictDomainName(false))
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		status, to := "disallowed", rune(-1)
		mapped, err := mapper.ToUnicode(s)
		first, size := utf8.DecodeRuneInString(mapped)
		switch {
		case err != nil || first == utf8.RuneError && size > 0:
		case mapped == s:
			status, to = "valid", r
		case mapped == "":
			status = "ignored"
		default:
			status = "mapped"
			if size == len(mapped) {
				to = first
			}
		}
		joining, mark := idna.Attributes(r)
		if status != "valid" {
			joining, mark = "U", false
		}
		class, _ := bidi.LookupRune(r)
		fmt.Fprintf(out, "%X %s %X %d %t %s\n", r, status, to, class.Class(), mark, joining)
	}
}
