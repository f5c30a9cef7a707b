// Package inflate decodes bodies in the codings gzip and deflate, as browsers do: up to
// the place where a body breaks off, and without its checksums.
//
// It takes the place of compress/gzip and compress/zlib. They read streams, and make the
// engine for WebAssembly larger by a fortieth.
//
// # Terminology
//
//   - code: the bits that stand for a symbol. Frequent symbols have short codes.
//   - symbol: a byte of the text, the length of a copy of earlier text, or the end of
//     the block.
//
// # Specification
//
// https://www.rfc-editor.org/rfc/rfc1951 describes the compressed data,
// https://www.rfc-editor.org/rfc/rfc1952 the header of gzip, and
// https://www.rfc-editor.org/rfc/rfc1950 that of zlib.
package inflate
