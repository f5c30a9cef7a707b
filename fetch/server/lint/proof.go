package lint

import "github.com/corsim/corsim/fetch/enum"

// Proof says how a rule knows what it says.
type Proof uint8

// The proofs.
const (
	// ProofExchange: browsers made the request, and the finding has the exchange.
	ProofExchange Proof = iota
	// ProofStatic: the text of the configuration or a header's value says so; no
	// exchange shows what comes of it.
	ProofStatic
)

var proofs = enum.New[Proof]("proof", "exchange", "static")

// String returns the proof's word, such as "exchange".
func (p Proof) String() string { return proofs.Word(p) }

// ParseProof returns the proof of a word.
func ParseProof(word string) (Proof, error) { return proofs.Parse(word) }
