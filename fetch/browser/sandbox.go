package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// sandbox is a set of sandboxing flags, as far as they matter to requests.
// https://html.spec.whatwg.org/#sandboxing
type sandbox uint8

const (
	// sandboxedOrigin gives the document an opaque origin.
	sandboxedOrigin sandbox = 1 << iota
	// sandboxedScripts lets the document run no script.
	sandboxedScripts
	// sandboxedForms lets the document send no form.
	sandboxedForms
)

// sandboxWords are the words that remove a flag.
var sandboxWords = map[string]sandbox{
	"allow-same-origin": sandboxedOrigin, "allow-scripts": sandboxedScripts, "allow-forms": sandboxedForms,
}

// has reports whether a set has a flag.
func (s sandbox) has(flag sandbox) bool { return s&flag != 0 }

// parseSandbox parses the value of a sandbox attribute or directive.
// https://html.spec.whatwg.org/#parse-a-sandboxing-directive
func parseSandbox(value string) sandbox {
	out := sandboxedOrigin | sandboxedScripts | sandboxedForms
	for word := range strings.FieldsFuncSeq(value, isHTMLSpace) {
		out &^= sandboxWords[fetch.ByteLowercase(word)]
	}
	return out
}

// isHTMLSpace reports whether a character is ASCII whitespace.
// https://infra.spec.whatwg.org/#ascii-whitespace
func isHTMLSpace(r rune) bool {
	return r == ' ' || r == '\t' || r == '\n' || r == '\f' || r == '\r'
}

// otherSandboxWords are the words of a sandbox attribute that change no request.
var otherSandboxWords = fetch.NewNameSet([]string{
	"allow-downloads", "allow-modals", "allow-orientation-lock", "allow-pointer-lock", "allow-popups", "allow-popups-to-escape-sandbox",
	"allow-presentation", "allow-storage-access-by-user-activation", "allow-top-navigation", "allow-top-navigation-by-user-activation",
	"allow-top-navigation-to-custom-protocols",
})

// unknownSandboxWords returns the words of a sandbox attribute that are not known, as
// they are written.
func unknownSandboxWords(value string) []string {
	var out []string
	for word := range strings.FieldsFuncSeq(value, isHTMLSpace) {
		if _, ok := sandboxWords[fetch.ByteLowercase(word)]; !ok && !otherSandboxWords.Has(word) {
			out = append(out, word)
		}
	}
	return out
}
