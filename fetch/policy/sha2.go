package policy

import (
	"encoding/binary"
	"math/bits"
)

// The hashes of integrity metadata. Packages crypto/sha256 and crypto/sha512 would be a large
// part of a WebAssembly module.
// https://www.rfc-editor.org/rfc/rfc6234

// sha2Constants are the constants of SHA-512. Those of SHA-256 are the first halves of the
// first 64.
var sha2Constants = [80]uint64{
	0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
	0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
	0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
	0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
	0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
	0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
	0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
	0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
	0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
	0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
	0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
	0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
	0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
	0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
	0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
	0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
	0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
	0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
	0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
	0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
}

// The initial states of SHA-512 and SHA-384. That of SHA-256 has the first halves of the
// first.
var (
	sha512Start = [8]uint64{
		0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
		0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
	}
	sha384Start = [8]uint64{
		0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
		0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
	}
)

// padded returns a text as the hashes read it: with a bit, zeros and its length in bits, in
// blocks of a size.
func padded(text string, block int) []byte {
	out := append([]byte(text), 0x80)
	for len(out)%block != block-block/8 {
		out = append(out, 0)
	}
	// The length has 8 bytes, or 16 of which the first 8 are zeros.
	out = append(out, make([]byte, block/8-8)...)
	return binary.BigEndian.AppendUint64(out, 8*uint64(len(text)))
}

// sha256 returns the SHA-256 of a text.
func sha256(text string) []byte {
	var h [8]uint32
	for i := range h {
		h[i] = uint32(sha512Start[i] >> 32)
	}
	for data := padded(text, 64); len(data) > 0; data = data[64:] {
		var w [64]uint32
		s := h
		for i := range w {
			if i < 16 {
				w[i] = binary.BigEndian.Uint32(data[4*i:])
			} else {
				w[i] = w[i-16] + w[i-7] + (rotate32(w[i-15], 7, 18) ^ w[i-15]>>3) + (rotate32(w[i-2], 17, 19) ^ w[i-2]>>10)
			}
			t := s[7] + (rotate32(s[4], 6, 11) ^ bits.RotateLeft32(s[4], -25)) + (s[4]&s[5] ^ ^s[4]&s[6]) + uint32(sha2Constants[i]>>32) + w[i]
			u := (rotate32(s[0], 2, 13) ^ bits.RotateLeft32(s[0], -22)) + (s[0]&s[1] ^ s[0]&s[2] ^ s[1]&s[2])
			s = [8]uint32{t + u, s[0], s[1], s[2], s[3] + t, s[4], s[5], s[6]}
		}
		for i := range h {
			h[i] += s[i]
		}
	}
	var out []byte
	for _, word := range h {
		out = binary.BigEndian.AppendUint32(out, word)
	}
	return out
}

// rotate32 returns two rotations to the right of a word, added without carry.
func rotate32(x uint32, a, b int) uint32 { return bits.RotateLeft32(x, -a) ^ bits.RotateLeft32(x, -b) }

// sha512 returns the SHA-512 of a text from an initial state. SHA-384 has another state, and
// is the first 48 bytes.
func sha512(text string, h [8]uint64) []byte {
	for data := padded(text, 128); len(data) > 0; data = data[128:] {
		var w [80]uint64
		s := h
		for i := range w {
			if i < 16 {
				w[i] = binary.BigEndian.Uint64(data[8*i:])
			} else {
				w[i] = w[i-16] + w[i-7] + (rotate64(w[i-15], 1, 8) ^ w[i-15]>>7) + (rotate64(w[i-2], 19, 61) ^ w[i-2]>>6)
			}
			t := s[7] + (rotate64(s[4], 14, 18) ^ bits.RotateLeft64(s[4], -41)) + (s[4]&s[5] ^ ^s[4]&s[6]) + sha2Constants[i] + w[i]
			u := (rotate64(s[0], 28, 34) ^ bits.RotateLeft64(s[0], -39)) + (s[0]&s[1] ^ s[0]&s[2] ^ s[1]&s[2])
			s = [8]uint64{t + u, s[0], s[1], s[2], s[3] + t, s[4], s[5], s[6]}
		}
		for i := range h {
			h[i] += s[i]
		}
	}
	var out []byte
	for _, word := range h {
		out = binary.BigEndian.AppendUint64(out, word)
	}
	return out
}

// rotate64 returns two rotations to the right of a word, added without carry.
func rotate64(x uint64, a, b int) uint64 { return bits.RotateLeft64(x, -a) ^ bits.RotateLeft64(x, -b) }
