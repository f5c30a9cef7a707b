package ask

import (
	"strings"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// maxCommandBody is the largest body that a command repeats, in bytes.
const maxCommandBody = 200

// Command returns the command that makes the call to another URL, as it is typed into
// a shell. It repeats a body only if that is a short text.
func (c *Call) Command(url string) string {
	words := []string{"corsim", "check", "--from", c.From}
	if method := c.Init.Method; method != "" && method != "GET" {
		words = append(words, "-X", method)
	}
	for _, h := range c.Init.Header {
		words = append(words, "-H", h.Name+": "+h.Value)
	}
	if body, ok := c.Init.Body.(browser.Text); ok && len(body) <= maxCommandBody {
		words = append(words, "-d", string(body))
	}
	if c.Init.Credentials == fetch.CredentialsInclude {
		words = append(words, "--credentials", "include")
	}
	words = append(words, url)
	for i, word := range words {
		words[i] = answer.ShellQuoted(word)
	}
	return strings.Join(words, " ")
}
