package explain

// truth is the result of a test.
type truth uint8

const (
	refuted truth = iota
	// unknown: the evidence does not contain what decides.
	unknown
	proven
	// certain: it is proven, and leaves no room for other causes.
	certain
)

// test tests the evidence for a cause.
type test func(*evidence) truth

// candidate is a cause with its test.
type candidate struct {
	code  CauseCode
	holds test
}

// always returns causes that need no test.
func always(codes ...CauseCode) []candidate {
	out := make([]candidate, len(codes))
	for i, code := range codes {
		out[i] = candidate{code, yes}
	}
	return out
}

func yes(*evidence) truth { return proven }

func never(*evidence) truth { return refuted }

func and(a, b test) test {
	return func(v *evidence) truth { return min(a(v), b(v)) }
}

func or(a, b test) test {
	return func(v *evidence) truth { return max(a(v), b(v)) }
}

func not(a test) test {
	return func(v *evidence) truth { return proven - a(v) }
}

// seldom returns a test for a cause that only a proof makes likely: what a message
// does not tell refutes it.
func seldom(holds test) test {
	return func(v *evidence) truth {
		if t := holds(v); t == proven || v.general {
			return t
		}
		return refuted
	}
}

// surely returns a test like seldom, for a cause that leaves no room for others once
// it is proven.
func surely(holds test) test {
	return func(v *evidence) truth {
		if t := seldom(holds)(v); t != proven {
			return t
		}
		return certain
	}
}

// is returns a test with the result proven or refuted.
func is(holds func(*evidence) bool) test {
	return func(v *evidence) truth {
		if holds(v) {
			return proven
		}
		return refuted
	}
}

// whenKnown returns a test whose result is unknown if the evidence is not
// complete, unless known reports that it contains enough.
func whenKnown(known, holds func(*evidence) bool) test {
	return func(v *evidence) truth {
		if !v.complete && !known(v) {
			return unknown
		}
		return is(holds)(v)
	}
}

// whenSeen returns a test for something in the headers of a response. Of a message
// only some of them may be known, and then what is not seen may be there.
func whenSeen(holds func(*evidence) bool) test {
	return func(v *evidence) truth {
		if !v.complete && !v.knownHeaders && !holds(v) {
			return unknown
		}
		return is(holds)(v)
	}
}
