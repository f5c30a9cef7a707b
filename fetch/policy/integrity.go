package policy

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// integrityAlgorithms holds the hash algorithms of integrity metadata, the weakest
// first.
// https://w3c.github.io/webappsec-subresource-integrity/#valid-sri-hash-algorithm-token-set
var integrityAlgorithms = []string{"sha256", "sha384", "sha512"}

// integrityHash is one item of integrity metadata.
// https://w3c.github.io/webappsec-subresource-integrity/#integrity-metadata
type integrityHash struct{ algorithm, value string }

// MatchesIntegrity reports whether a body has one of the hashes of integrity metadata,
// such as "sha256-…". Only hashes of the strongest algorithm count; metadata without a
// known hash matches every body.
// https://w3c.github.io/webappsec-subresource-integrity/#does-response-match-metadatalist
func MatchesIntegrity(body, metadata string) bool {
	// Steps 1 to 3: the hashes of the strongest algorithm.
	hashes := strongest(parseIntegrity(metadata))
	if len(hashes) == 0 {
		return true
	}
	// Step 4: one of them is enough.
	actual := IntegrityOf(body, hashes[0].algorithm)
	return slices.ContainsFunc(hashes, func(h integrityHash) bool { return h.algorithm+"-"+h.value == actual })
}

// StrongestIntegrity returns the strongest hash algorithm that integrity metadata uses,
// in lower case, and the hashes that the metadata has for it, in base64. Metadata without
// a known hash has neither.
// https://w3c.github.io/webappsec-subresource-integrity/#get-the-strongest-metadata
func StrongestIntegrity(metadata string) (algorithm string, values []string) {
	for _, h := range strongest(parseIntegrity(metadata)) {
		algorithm, values = h.algorithm, append(values, h.value)
	}
	return algorithm, values
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

// parseIntegrity returns the known hashes of integrity metadata, in order.
// https://w3c.github.io/webappsec-subresource-integrity/#parse-metadata
func parseIntegrity(metadata string) []integrityHash {
	var hashes []integrityHash
	// Step 2: the items between ASCII white space.
	for item := range strings.FieldsFuncSeq(metadata, isASCIIWhitespace) {
		// Steps 2.1 and 2.2: what follows a question mark are options, of which there are none.
		expression, _, _ := strings.Cut(item, "?")
		// Steps 2.3 to 2.5: the algorithm, in any case; unknown ones are ignored.
		algorithm, value, _ := strings.Cut(expression, "-")
		algorithm = fetch.ByteLowercase(algorithm)
		if !slices.Contains(integrityAlgorithms, algorithm) {
			continue
		}
		// Steps 2.6 and 2.7: the value, up to another hyphen.
		value, _, _ = strings.Cut(value, "-")
		hashes = append(hashes, integrityHash{algorithm, value})
	}
	return hashes
}

func isASCIIWhitespace(r rune) bool { return strings.ContainsRune("\t\n\f\r ", r) }

// strongest returns the hashes whose algorithm is the strongest one that is used.
// https://w3c.github.io/webappsec-subresource-integrity/#get-the-strongest-metadata
func strongest(hashes []integrityHash) []integrityHash {
	best := -1
	for _, h := range hashes {
		best = max(best, slices.Index(integrityAlgorithms, h.algorithm))
	}
	return slices.DeleteFunc(hashes, func(h integrityHash) bool { return h.algorithm != integrityAlgorithms[best] })
}
