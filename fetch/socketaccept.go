package fetch

import (
	"encoding/binary"
	"math/bits"
)

// SocketAccept returns the value of Sec-WebSocket-Accept with which a server answers a
// value of Sec-WebSocket-Key.
// https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2
func SocketAccept(key string) string {
	sum := sha1(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
	return base64Of(sum[:])
}

// sha1 returns the SHA-1 of a text. It protects nothing here, and package crypto/sha1 would
// be a large part of a WebAssembly module.
// https://www.rfc-editor.org/rfc/rfc3174#section-6.1
func sha1(text string) [20]byte {
	padded := append([]byte(text), 0x80)
	for len(padded)%64 != 56 {
		padded = append(padded, 0)
	}
	padded = binary.BigEndian.AppendUint64(padded, 8*uint64(len(text)))
	h := [5]uint32{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}
	for ; len(padded) > 0; padded = padded[64:] {
		addBlock(&h, padded)
	}
	var sum [20]byte
	for i, word := range h {
		binary.BigEndian.PutUint32(sum[4*i:], word)
	}
	return sum
}

// addBlock adds the first 64 bytes of a text to the state of SHA-1.
func addBlock(h *[5]uint32, block []byte) {
	var w [80]uint32
	a, b, c, d, e := h[0], h[1], h[2], h[3], h[4]
	for i := range w {
		if i < 16 {
			w[i] = binary.BigEndian.Uint32(block[4*i:])
		} else {
			w[i] = bits.RotateLeft32(w[i-3]^w[i-8]^w[i-14]^w[i-16], 1)
		}
		var f, k uint32
		switch i / 20 {
		case 0:
			f, k = b&c|^b&d, 0x5a827999
		case 1:
			f, k = b^c^d, 0x6ed9eba1
		case 2:
			f, k = b&c|b&d|c&d, 0x8f1bbcdc
		default:
			f, k = b^c^d, 0xca62c1d6
		}
		a, b, c, d, e = bits.RotateLeft32(a, 5)+f+e+w[i]+k, a, bits.RotateLeft32(b, 30), c, d
	}
	for i, word := range [...]uint32{a, b, c, d, e} {
		h[i] += word
	}
}

// base64Of returns bytes in Base64.
// https://www.rfc-editor.org/rfc/rfc4648#section-4
func base64Of(data []byte) string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	var out []byte
	for ; len(data) > 0; data = data[min(3, len(data)):] {
		var group [3]byte
		n := copy(group[:], data)
		word := uint32(group[0])<<16 | uint32(group[1])<<8 | uint32(group[2])
		for i := range 4 {
			if i > n {
				out = append(out, '=')
			} else {
				out = append(out, digits[word>>(18-6*i)&63])
			}
		}
	}
	return string(out)
}
