package origin

import (
	"strings"
	"unicode/utf8"
)

// encodeSet is one of the standard's percent-encode sets, as a bit in
// encodeTable. https://url.spec.whatwg.org/#percent-encode-set
type encodeSet uint8

const (
	encodeC0 encodeSet = 1 << iota
	encodeFragment
	encodeQuery
	encodeSpecialQuery
	encodePath
	encodeUserinfo

	// pathSpecial is not a set of the standard: it holds the bytes that have a
	// meaning in the path of a special URL and are not encoded there.
	pathSpecial
)

// encodeTable says for each byte which sets contain it.
var encodeTable = newEncodeTable()

func newEncodeTable() (t [256]encodeSet) {
	const all = encodeC0 | encodeFragment | encodeQuery | encodeSpecialQuery | encodePath | encodeUserinfo
	add := func(chars string, sets encodeSet) {
		for i := range len(chars) {
			t[chars[i]] |= sets
		}
	}
	for c := range t {
		if c < 0x20 || c > 0x7E {
			t[c] = all
		}
	}
	// Each set contains the previous one.
	userinfo := encodeUserinfo
	path := encodePath | userinfo
	query := encodeQuery | encodeSpecialQuery | path
	add(" \"<>`", encodeFragment)
	add(" \"#<>", query)
	add("'", encodeSpecialQuery)
	add("?^`{}", path)
	add("/:;=@[\\]|", userinfo)
	add("/\\", pathSpecial)
	return t
}

// appendEncoded appends s, UTF-8 percent-encoded with a set. It encodes bytes
// that are not UTF-8 one by one: script cannot produce them, but the Location
// header of a redirect can.
// https://url.spec.whatwg.org/#string-utf-8-percent-encode
func appendEncoded(out []byte, s string, set encodeSet) []byte {
	done := 0
	for i := range len(s) {
		if c := s[i]; encodeTable[c]&set != 0 {
			out = appendPercent(append(out, s[done:i]...), c)
			done = i + 1
		}
	}
	return append(out, s[done:]...)
}

func appendPercent(out []byte, c byte) []byte {
	const digits = "0123456789ABCDEF"
	return append(out, '%', digits[c>>4], digits[c&15])
}

// PercentDecode replaces each "%" with two hexadecimal digits by the byte that
// they mean; it leaves every other "%" as it is.
// https://url.spec.whatwg.org/#string-percent-decode
func PercentDecode(s string) string {
	i := strings.IndexByte(s, '%')
	if i < 0 {
		return s
	}
	out := make([]byte, i, len(s))
	copy(out, s)
	for ; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			out = append(out, hexValue(s[i+1])<<4|hexValue(s[i+2]))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(out)
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func isHex(c byte) bool   { return isDigit(c) || ('a' <= c|0x20 && c|0x20 <= 'f') }

func hexValue(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
