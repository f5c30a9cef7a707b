package server

import (
	"context"
	"io/fs"

	"github.com/corsim/corsim/fetch/enum"
)

// Source is a server's configuration as text, with what else is known of the
// server.
type Source struct {
	// Name is the name of the file, such as "conf.d/api.conf"; positions have it.
	Name string
	Text string
	// Kind is the kind of [Reader]; "" lets the readers recognise the text.
	Kind string
	// Files holds the files that the text may include or import, with Name's
	// folder layout; nil when there are none.
	Files fs.FS
	// Placed says where the folders of Files lie on the server, such as
	// {".": "/etc/nginx"}; nil when that is not known.
	Placed map[string]string
	// Env holds the environment variables of the server. A variable that is not in
	// it is unset when EnvComplete, and otherwise not known.
	Env         map[string]string
	EnvComplete bool
	// Set holds values for names that the text leaves unknown, in the notation of
	// the text's language or as plain words.
	Set map[string]string
	// Versions holds the versions of the software by its name, such as
	// {"express": "4.22.3"}.
	Versions map[string]string
	// Behind holds the servers that a proxy reaches.
	Behind []Behind
}

// Behind is a server that is behind a proxy.
type Behind struct {
	// Address is host and port as the configuration names it, such as
	// "localhost:3000"; "" is each address that no other entry has.
	Address string
	// Server answers; nil when nothing listens at the address, so that the
	// connection is refused.
	Server Answerer
}

// BehindAt returns the server at an address. If none is given for it, it is
// [AssumedBackend] and assumed is true.
func (s *Source) BehindAt(address string) (a Answerer, assumed bool) {
	var rest *Behind
	for i, b := range s.Behind {
		if b.Address == address {
			return b.Server, false
		}
		if b.Address == "" {
			rest = &s.Behind[i]
		}
	}
	if rest != nil {
		return rest.Server, false
	}
	return AssumedBackend, true
}

// Reader reads the configurations of one kind.
type Reader struct {
	// Kind is the word for it, such as "nginx".
	Kind string
	// Title is its name in a sentence, such as "an nginx configuration".
	Title string
	// Recognise says how sure it is that a text is of the kind.
	Recognise func(name, text string) Confidence
	// Load reads a configuration. Its errors are an [*InputError] when the text
	// cannot be read or holds what is not modelled, a [*StartError] when the real
	// server does not start with it, and the error of ctx.
	Load func(ctx context.Context, src Source) (*Model, error)
	// Lists returns the words of the kind that the reader decides by, such as the
	// directives that it refuses; nil when it has no such lists.
	Lists func() []WordList
}

// WordList is a list of words of a kind of configuration, for people.
type WordList struct {
	Title string // what the words have in common, such as "refused with their line"
	Words []string
}

// Confidence says how sure a [Reader] is that it can read a text.
type Confidence uint8

// The degrees of confidence.
const (
	NotMine  Confidence = iota
	Possible            // words of the kind are in the text
	Likely              // the name or the form of the text is usual for the kind
	Certain             // nothing else has this name or form
)

var confidences = enum.New[Confidence]("confidence", "not mine", "possible", "likely", "certain")

// String returns the word, such as "likely".
func (c Confidence) String() string { return confidences.Word(c) }

// ParseConfidence returns the confidence of a word.
func ParseConfidence(word string) (Confidence, error) { return confidences.Parse(word) }
