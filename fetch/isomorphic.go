package fetch

import "unicode/utf8"

// IsomorphicDecode returns a string whose code points are the values of the
// bytes.
// https://infra.spec.whatwg.org/#isomorphic-decode
func IsomorphicDecode(bytes string) string {
	i := 0
	for i < len(bytes) && bytes[i] < utf8.RuneSelf {
		i++
	}
	if i == len(bytes) {
		return bytes
	}
	out := make([]byte, i, len(bytes)+8)
	copy(out, bytes)
	for ; i < len(bytes); i++ {
		out = utf8.AppendRune(out, rune(bytes[i]))
	}
	return string(out)
}
