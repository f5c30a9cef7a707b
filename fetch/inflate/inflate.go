package inflate

import "strings"

// Gzip decodes the first member of a body in the coding gzip. It returns at most the
// given number of bytes; ok is false if the body is malformed. A body that breaks off
// after its header gives the text up to there, and an empty one the empty text.
// https://www.rfc-editor.org/rfc/rfc1952#section-2.3
func Gzip(body string, most int) (text string, ok bool) {
	if body == "" {
		return "", true
	}
	data, ok := withoutGzipHeader(body)
	if !ok {
		return "", false
	}
	return inflated(data, most)
}

// Deflate decodes a body in the coding deflate: with the header of zlib, or without it,
// as some servers send it. It returns the same as [Gzip].
// https://www.rfc-editor.org/rfc/rfc1950#section-2.2
func Deflate(body string, most int) (text string, ok bool) {
	const method, methodBits, largestWindow, hasDictionary = 8, 0x0F, 7, 0x20
	if len(body) >= 2 {
		first, second := body[0], body[1]
		if first&methodBits == method && first>>4 <= largestWindow && (uint(first)<<8|uint(second))%31 == 0 && second&hasDictionary == 0 {
			return inflated(body[2:], most)
		}
	}
	return inflated(body, most)
}

// withoutGzipHeader returns what follows the header of gzip; ok is false if there is
// no whole header.
func withoutGzipHeader(body string) (data string, ok bool) {
	const fixed, hasChecksum, hasExtra, hasName, hasComment = 10, 1 << 1, 1 << 2, 1 << 3, 1 << 4
	if len(body) < fixed || !strings.HasPrefix(body, "\x1f\x8b\x08") {
		return "", false
	}
	flags, data := body[3], body[fixed:]
	if flags&hasExtra != 0 {
		if len(data) < 2 {
			return "", false
		}
		length := 2 + int(data[0]) + int(data[1])<<8
		if length > len(data) {
			return "", false
		}
		data = data[length:]
	}
	for _, text := range [...]byte{hasName, hasComment} {
		if flags&text == 0 {
			continue
		}
		if _, data, ok = strings.Cut(data, "\x00"); !ok {
			return "", false
		}
	}
	if flags&hasChecksum != 0 {
		if len(data) < 2 {
			return "", false
		}
		data = data[2:]
	}
	return data, true
}

// inflated decodes compressed data.
func inflated(data string, most int) (text string, ok bool) {
	d := decoder{in: data, most: most}
	d.blocks()
	return string(d.out[:min(len(d.out), most)]), d.state != malformed
}
