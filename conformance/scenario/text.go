package scenario

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/corsim/corsim/fetch"
)

// BytesOfText returns the bytes that a header value or body in a scenario
// stands for: one byte a code point when all are at most U+00FF, otherwise the
// text's UTF-8.
func BytesOfText(text string) string {
	i := firstNonASCII(text)
	if i < 0 {
		return text
	}
	out := make([]byte, i, len(text))
	copy(out, text)
	for _, r := range text[i:] {
		if r > 0xFF {
			return text
		}
		out = append(out, byte(r))
	}
	return string(out)
}

// TextOfBytes returns the text that stands for bytes: one code point a byte.
// [BytesOfText] takes it back to the same bytes.
func TextOfBytes(bytes string) string { return fetch.IsomorphicDecode(bytes) }

func firstNonASCII(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return i
		}
	}
	return -1
}

// decodeUTF8 returns a body as text() yields it: without a byte order mark,
// and with U+FFFD for each sequence that breaks off.
// https://encoding.spec.whatwg.org/#utf-8-decode
func decodeUTF8(body string) string {
	body = strings.TrimPrefix(body, "\uFEFF")
	if firstNonASCII(body) < 0 || utf8.ValidString(body) {
		return body
	}
	out := make([]byte, 0, len(body)+len(body)/2)
	for len(body) > 0 {
		r, size := utf8.DecodeRuneInString(body)
		if r == utf8.RuneError && size == 1 {
			size = brokenLen(body)
		}
		out = utf8.AppendRune(out, r)
		body = body[size:]
	}
	return string(out)
}

// brokenLen returns how many bytes at the start of s, which are not UTF-8,
// stand for one U+FFFD: as many as could have been the start of a character.
func brokenLen(s string) int {
	for n := min(3, len(s)); n > 1; n-- {
		// A proper start becomes a character when the right bytes follow.
		for _, rest := range []string{"\x80", "\x80\x80", "\xBF", "\xBF\x80", "\x9F", "\x9F\x80"} {
			if whole := s[:n] + rest; utf8.FullRuneInString(whole) {
				if r, size := utf8.DecodeRuneInString(whole); r != utf8.RuneError && size == len(whole) {
					return n
				}
			}
		}
	}
	return 1
}

// Quote quotes a string for a message of one line and cuts a long one.
func Quote(s string) string {
	const most = 60
	if len(s) > most {
		cut := most
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		return strconv.Quote(s[:cut]) + "…"
	}
	return strconv.Quote(s)
}
