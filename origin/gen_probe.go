//go:build ignore

// This program prints the facts that IDNA has about every code point.
// gen_idna.go builds it with changed copies of the modules; it does not build
// with the original modules.
package main

import (
	"bufio"
	"fmt"
	"os"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/bidi"
	"golang.org/x/text/unicode/norm"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	mapper := idna.New(idna.MapForLookup(), idna.ValidateLabels(false), idna.StrictDomainName(false))
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		mapped, err := mapper.ToUnicode(s)
		first, size := utf8.DecodeRuneInString(mapped)
		status := "mapped"
		switch {
		case r < utf8.RuneSelf: // the caller maps ASCII
			mapped, status = s, "valid"
		case err != nil || first == utf8.RuneError && size > 0:
			mapped, status = "", "disallowed"
		case mapped == s:
			status = "valid"
		case mapped == "":
			status = "ignored"
		}
		joining, mark := idna.Attributes(r)
		class, _ := bidi.LookupRune(r)
		ccc := norm.NFC.PropertiesString(s).CCC()
		fmt.Fprintf(out, "%X %s %d %t %s %d %q %q %t\n", r, status, class.Class(), mark, joining, ccc,
			mapped, norm.NFD.String(s), norm.NFC.IsNormalString(s))
	}
}
