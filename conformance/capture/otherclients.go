package capture

import (
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// curlWordsOf returns the words of the curl command with the meaning of a command of another
// client: HTTPie (http, https, xh) or wget. ok is false for other programs.
func curlWordsOf(words []word) (out []word, ok bool) {
	if len(words) == 0 {
		return nil, false
	}
	switch name := strings.TrimSuffix(words[0].text, ".exe"); name {
	case "http", "https", "xh", "xhs":
		h := &httpie{secure: name == "https" || name == "xhs"}
		return append(words[:1:1], h.read(words[1:])...), true
	case "wget":
		return append(words[:1:1], wgetWords(words[1:])...), true
	}
	return nil, false
}

// asWord returns a word at the place of another one.
func asWord(text string, at word) word { return word{text: text, offset: at.offset, blanks: at.blanks} }

// httpie reads the words of HTTPie.
type httpie struct {
	secure, form, hasData bool
	method                string
	out                   []word
}

// httpieValues are the options of HTTPie that have a value.
var httpieValues = []string{
	"-p", "--print", "-o", "--output", "-s", "--style", "--verify", "--session", "--session-read-only", "--proxy", "--timeout", "--max-redirects",
	"--cert", "--cert-key", "--pretty", "--ssl", "--check-status", "--auth-type", "-A", "--boundary", "--default-scheme",
}

// httpieItem matches the separator of an item: a header, a field of the query, or data.
var httpieItem = regexp.MustCompile(`:=@|=@|:=|==|:|=|@|;$`)

func (h *httpie) read(words []word) []word {
	url := false
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case w.text == "-f" || w.text == "--form" || w.text == "--multipart":
			h.form = true
		case w.text == "-a" || w.text == "--auth":
			if i++; i < len(words) {
				h.add("--user", words[i])
			}
		case slices.Contains(httpieValues, w.text):
			i++
		case strings.HasPrefix(w.text, "-"):
		case !url && h.method == "" && fetch.IsMethod(w.text) && strings.ToUpper(w.text) == w.text:
			h.method = w.text
			h.add("--request", w)
		case !url:
			url = true
			h.add("--url", asWord(h.url(w.text), w))
		default:
			h.item(w)
		}
	}
	if h.hasData && !h.form {
		h.out = append(h.out, word{text: "--json"}, word{text: "{}"})
	} else if h.hasData {
		h.out = append(h.out, word{text: "--data-raw"}, word{text: "field=value"})
	}
	return h.out
}

func (h *httpie) add(option string, value word) {
	h.out = append(h.out, asWord(option, word{offset: value.offset}), value)
}

// url returns a URL in full: without a scheme it is http or https, and without a host that of
// this computer.
func (h *httpie) url(text string) string {
	scheme := "http://"
	if h.secure {
		scheme = "https://"
	}
	switch {
	case strings.Contains(text, "://"):
		return text
	case strings.HasPrefix(text, ":/") || text == ":":
		return scheme + "localhost" + strings.TrimPrefix(text, ":")
	case strings.HasPrefix(text, ":"):
		return scheme + "localhost" + text
	}
	return scheme + text
}

// item reads an item after the URL. A field of the query changes nothing for CORS.
func (h *httpie) item(w word) {
	switch separator := httpieItem.FindString(w.text); separator {
	case ":", ";":
		name, value, _ := strings.Cut(w.text, ":")
		if value != "" {
			value = ": " + value
		}
		h.add("--header", asWord(name+value, w))
	case "==", "":
	default:
		h.hasData = true
	}
}

// wgetWords returns the words of curl for those of wget.
func wgetWords(words []word) []word {
	same := map[string]string{
		"--header": "--header", "--method": "--request", "--post-data": "--data-raw", "--body-data": "--data-raw", "--post-file": "--data-raw",
		"--user-agent": "--user-agent", "-U": "--user-agent", "--referer": "--referer",
	}
	var out []word
	for i := 0; i < len(words); i++ {
		w := words[i]
		name, value, attached := strings.Cut(w.text, "=")
		option, isSame := same[name]
		switch {
		case isSame && attached:
			out = append(out, asWord(option, word{offset: w.offset}), asWord(value, word{offset: w.offset}))
		case isSame && i+1 < len(words):
			i++
			out = append(out, asWord(option, word{offset: w.offset}), words[i])
		case w.text == "-O" || w.text == "-o" || w.text == "-P" || w.text == "-t" || w.text == "-T":
			i++
		case w.text == "--spider":
			out = append(out, asWord("--head", word{offset: w.offset}))
		case !strings.HasPrefix(w.text, "-"):
			out = append(out, w)
		}
	}
	return out
}
