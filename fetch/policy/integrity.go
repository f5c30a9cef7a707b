package policy

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/enum"
)

// Integrity says how a browser reads integrity metadata, such as "sha256-…". The zero
// value is the standard's way.
// https://w3c.github.io/webappsec-subresource-integrity/
type Integrity struct {
	// IsDigest reports whether a text is a digest; items without one do not count. If it
	// is nil, every text is one.
	IsDigest func(string) bool
	// CaseSensitive: the names of algorithms are in lower case.
	CaseSensitive bool
	// Hyphens: "sha-256" is another name of "sha256", and so on.
	Hyphens bool
	// Decode returns the bytes of a digest; ok is false when it has none. Digests are then
	// compared by their bytes. If it is nil, they are compared as texts.
	Decode func(digest string) (bytes []byte, ok bool)
}

// integrityAlgorithms holds the hash algorithms of integrity metadata, the weakest
// first.
// https://w3c.github.io/webappsec-subresource-integrity/#valid-sri-hash-algorithm-token-set
var integrityAlgorithms = []string{"sha256", "sha384", "sha512"}

// IntegrityFault says why an item of integrity metadata does not count.
type IntegrityFault uint8

// The faults of items.
const (
	IntegrityFaultless        IntegrityFault = iota
	IntegrityNoAlgorithm                     // there is no hyphen after the algorithm
	IntegrityUnknownAlgorithm                // the browser does not know it
	IntegrityNoDigest                        // what follows the hyphen is not a digest
)

var integrityFaults = enum.New[IntegrityFault]("fault of integrity metadata", "none", "no-algorithm", "unknown-algorithm", "no-digest")

// String returns the fault as a word.
func (f IntegrityFault) String() string { return integrityFaults.Word(f) }

// ParseIntegrityFault returns the fault that a word stands for.
func ParseIntegrityFault(word string) (IntegrityFault, error) { return integrityFaults.Parse(word) }

// IntegrityItem is one item of integrity metadata.
// https://w3c.github.io/webappsec-subresource-integrity/#integrity-metadata
type IntegrityItem struct {
	Text      string // the whole item
	Algorithm string // in lower case, if it is known
	Digest    string
	Options   string // after the question mark, of which no browser knows one
	Fault     IntegrityFault
}

// Items returns the items of integrity metadata, in order.
// https://w3c.github.io/webappsec-subresource-integrity/#parse-metadata
func (g Integrity) Items(metadata string) []IntegrityItem {
	var items []IntegrityItem
	// Step 2: the items between ASCII white space.
	for text := range strings.FieldsFuncSeq(metadata, isASCIIWhitespace) {
		items = append(items, g.item(text))
	}
	return items
}

func (g Integrity) item(text string) IntegrityItem {
	item := IntegrityItem{Text: text}
	// Steps 2.1 and 2.2: what follows a question mark are options, of which there are none.
	expression, options, _ := strings.Cut(text, "?")
	item.Options = options
	// Steps 2.3 to 2.5: the algorithm; unknown ones are ignored.
	if rest, ok := strings.CutPrefix(expression, "sha-"); ok && g.Hyphens {
		expression = "sha" + rest
	}
	algorithm, digest, ok := strings.Cut(expression, "-")
	item.Algorithm, item.Digest = algorithm, digest
	lower := fetch.ByteLowercase(algorithm)
	switch {
	case !slices.Contains(integrityAlgorithms, lower) || g.CaseSensitive && lower != algorithm:
		item.Fault = IntegrityUnknownAlgorithm
		if !ok {
			item.Fault = IntegrityNoAlgorithm
		}
		return item
	case !ok && g.IsDigest != nil:
		item.Fault = IntegrityNoAlgorithm
	case g.IsDigest != nil && !g.IsDigest(digest):
		item.Fault = IntegrityNoDigest
	}
	item.Algorithm = lower
	// Steps 2.6 and 2.7: the value, up to another hyphen.
	if g.Decode == nil {
		item.Digest, _, _ = strings.Cut(digest, "-")
	}
	return item
}

func isASCIIWhitespace(r rune) bool { return strings.ContainsRune("\t\n\f\r ", r) }

// Matches reports whether a body has one of the hashes of integrity metadata. Only hashes
// of the strongest algorithm count; metadata without a known hash matches every body.
// https://w3c.github.io/webappsec-subresource-integrity/#does-response-match-metadatalist
func (g Integrity) Matches(body, metadata string) bool {
	// Steps 1 to 3: the hashes of the strongest algorithm.
	algorithm, digests := g.Strongest(metadata)
	return g.MatchesDigests(body, algorithm, digests)
}

// MatchesDigests is [Integrity.Matches] with what [Integrity.Strongest] has returned.
func (g Integrity) MatchesDigests(body, algorithm string, digests []string) bool {
	if len(digests) == 0 {
		return true
	}
	// Step 4: one of them is enough.
	actual := strings.TrimPrefix(IntegrityOf(body, algorithm), algorithm+"-")
	return slices.ContainsFunc(digests, func(digest string) bool {
		return digest == actual || g.decodesTo(digest, actual)
	})
}

// Strongest returns the strongest hash algorithm that integrity metadata uses, in lower
// case, and the digests that the metadata has for it. Metadata without a known hash has
// neither.
// https://w3c.github.io/webappsec-subresource-integrity/#get-the-strongest-metadata
func (g Integrity) Strongest(metadata string) (algorithm string, digests []string) {
	for _, item := range g.Items(metadata) {
		if item.Fault != IntegrityFaultless {
			continue
		}
		switch order := slices.Index(integrityAlgorithms, item.Algorithm) - slices.Index(integrityAlgorithms, algorithm); {
		case order > 0:
			algorithm, digests = item.Algorithm, []string{item.Digest}
		case order == 0:
			digests = append(digests, item.Digest)
		}
	}
	return algorithm, digests
}

// decodesTo reports whether a digest has the bytes of another one, which is in base64.
func (g Integrity) decodesTo(digest, actual string) bool {
	if g.Decode == nil {
		return false
	}
	bytes, ok := g.Decode(digest)
	return ok && base64.StdEncoding.EncodeToString(bytes) == actual
}

// DecodeDigest returns the bytes of a digest in base64 or base64url, with the right padding
// or without any.
func DecodeDigest(digest string) (bytes []byte, ok bool) {
	encoding := base64.StdEncoding
	if !strings.HasSuffix(digest, "=") {
		encoding = base64.RawStdEncoding
	}
	return decodeDigest(encoding, digest)
}

// DecodeDigestLoosely returns the bytes of a digest in base64 or base64url, whatever
// padding it has.
func DecodeDigestLoosely(digest string) (bytes []byte, ok bool) {
	return decodeDigest(base64.RawStdEncoding, strings.TrimRight(digest, "="))
}

func decodeDigest(encoding *base64.Encoding, digest string) ([]byte, bool) {
	bytes, err := encoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(digest))
	return bytes, err == nil
}

// IntegrityOf returns the integrity metadata of a body for one of the algorithms sha256,
// sha384 and sha512.
// https://w3c.github.io/webappsec-subresource-integrity/#apply-algorithm-to-response
func IntegrityOf(body, algorithm string) string {
	var sum []byte
	switch algorithm {
	case "sha256":
		sum = sha256(body)
	case "sha384":
		sum = sha512(body, sha384Start)[:48]
	default:
		sum = sha512(body, sha512Start)
	}
	return algorithm + "-" + base64.StdEncoding.EncodeToString(sum)
}
