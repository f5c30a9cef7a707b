// Package fix changes the text of a configuration so that findings of package lint go
// away.
//
// [Find] tries changes for each finding: it rewrites the text, reads it again, applies
// the rules again, and keeps a change only if the finding is gone and nothing that
// is dangerous or broken is new. [Apply] makes such changes one after the other.
//
// # Terminology
//
//   - notation: how texts of one kind of configuration write what they allow.
//   - value: the place in a text where what is allowed stands: an expression of a
//     program, the words of a directive, or a part of a string.
//   - candidate: a changed text that was not tried yet.
//
// A change never opens more than the configuration did: it adds neither an asterisk
// nor null to the allowed origins.
//
// # Specification
//
// None.
package fix
