package policy

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// headerFeaturePolicy is the name of the header that Permissions-Policy has replaced.
const headerFeaturePolicy = "Feature-Policy"

// permissionsPolicyOf returns the permissions policy of a response, with what
// Feature-Policy says of features that Permissions-Policy does not name.
func permissionsPolicyOf(header fetch.HeaderList) string {
	declared, _ := header.Get(HeaderPermissionsPolicy)
	former, ok := header.Get(headerFeaturePolicy)
	if !ok {
		return declared
	}
	members := featurePolicy(former)
	// The last of two equal features counts. What is malformed has no features.
	if _, ok := dictionary(declared); ok && declared != "" {
		members = append(members, declared)
	}
	return strings.Join(members, ", ")
}

// featurePolicy returns the members of the permissions policy that a Feature-Policy stands
// for. The first of two equal features counts.
// https://www.w3.org/TR/2019/WD-feature-policy-1-20190416/#ascii-serialization
func featurePolicy(header string) []string {
	var names, members []string
	for declaration := range strings.FieldsFuncSeq(header, func(r rune) bool { return r == ',' || r == ';' }) {
		words := strings.Fields(declaration)
		if len(words) == 0 {
			continue
		}
		name := words[0]
		if _, rest, ok := cutKey(name); !ok || rest != "" || slices.Contains(names, name) {
			continue
		}
		names = append(names, name)
		members = append(members, name+"=("+strings.Join(formerAllowlist(words[1:]), " ")+")")
	}
	return members
}

// formerAllowlist returns the allowlist of a feature in the words of Permissions-Policy. One
// without words has the document's own origin.
func formerAllowlist(words []string) []string {
	if len(words) == 0 {
		return []string{"self"}
	}
	var list []string
	for _, word := range words {
		switch {
		case fetch.EqualFold(word, "'self'"):
			list = append(list, "self")
		case word == "*":
			list = append(list, word)
		case word[0] == '\'':
			// 'none' and other words add nothing.
		default:
			if item, rest, ok := cutQuoted(`"` + word + `"`); ok && rest == "" {
				list = append(list, item)
			}
		}
	}
	return list
}
