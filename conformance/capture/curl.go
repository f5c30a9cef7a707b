package capture

import (
	"regexp"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// ParseCurl reads a curl command in the syntax of bash, as browsers copy it. It
// returns an error if the command does more than pass words to curl, and if an
// option is unknown or has no equivalent in a page.
func ParseCurl(command string) (*Call, error) {
	p, err := parseCurl(command)
	if err != nil {
		return nil, err
	}
	return p.finish()
}

// parseCurl reads the words of a curl command in the form of any shell.
func parseCurl(command string) (*curlParser, error) {
	command = undecorated(command)
	if fetchForm.MatchString(command) {
		return nil, errorAt(command, 0, "this is a call of fetch(), not a curl command: use corsim fetch")
	}
	words, notes, err := commandWords(command)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 || words[0].text != "curl" && words[0].text != "curl.exe" {
		return nil, errorAt(command, 0, "not a curl command: it does not begin with curl")
	}
	for _, w := range words {
		if strings.ContainsRune("‘’“”", firstRune(w.text)) {
			return nil, errorAt(command, w.offset, "the quotation marks are typographic (%c)", firstRune(w.text)).WithHelp(`write ' or "`)
		}
	}
	p := &curlParser{command: command, words: words[1:], call: Call{Notes: notes}}
	return p, p.parse()
}

// cmdForm matches the command that browsers copy for cmd of Windows: carets before quotation
// marks or at the ends of lines.
var cmdForm = regexp.MustCompile(`^\s*curl(\.exe)?\s+(([^'\n]*\s)?\^"|[^'\n]*\^\r?\n)`)

// commandWords splits a command of any shell into words. The notes say what of the text
// was left out.
func commandWords(command string) (words []word, notes []string, err error) {
	switch {
	case cmdForm.MatchString(command):
		words, err = cmdWords(command)
	case powerShellForm.MatchString(command):
		words, err = powerShellWords(command)
	default:
		return shellWords(command)
	}
	return words, nil, err
}

// fetchForm matches the beginning of a call of fetch().
var fetchForm = regexp.MustCompile(`^\s*(await\s+)?fetch\s*\(`)

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// curlParser reads the words after "curl".
type curlParser struct {
	command string
	words   []word
	call    Call
	url     *word
	method  string
	data    []string
	hasData bool
	form    browser.Form
	query   []string // --url-query
	upload  string   // the file of -T
	isJSON  bool     // --json came before
	jar     string   // the file of cookies
	head    bool
	get     bool
	globOff bool // the URL is not a pattern
	wire    fetch.HeaderList
	// hasType reports whether the command sets Content-Type, so that -d does not
	// add it.
	hasType bool
}

func (p *curlParser) parse() error {
	onlyURLs := false // after "--"
	for len(p.words) > 0 {
		w := p.next()
		var err error
		switch {
		case onlyURLs:
			err = p.setURL(w)
		case w.text == "--":
			onlyURLs = true
		case strings.HasPrefix(w.text, "--"):
			err = p.long(w)
		case strings.HasPrefix(w.text, "-") && w.text != "-":
			err = p.short(w)
		default:
			err = p.setURL(w)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *curlParser) next() word {
	w := p.words[0]
	p.words = p.words[1:]
	return w
}

func (p *curlParser) setURL(w word) error {
	switch {
	case len(w.blanks) > 0 && w.blanks[0].offset <= hostEnd(w.text):
		return p.unknownValue(w)
	case p.url != nil:
		return p.errorAt(w, "a second URL, %q; only one is allowed", w.text)
	}
	p.noteBlanks(w)
	if w.text != "" && !urlForm.MatchString(w.text) && hostForm.MatchString(w.text) {
		w.text = "http://" + w.text
		p.call.note("the URL has no scheme; curl takes http for it, and a page that has no scheme in a URL requests a path of its own server")
	}
	p.url = &w
	return nil
}

func (p *curlParser) errorAt(w word, format string, args ...any) *server.InputError {
	return errorAt(p.command, w.offset, format, args...)
}

// long reads a long option. Its value is the next word, or follows an equals sign. The
// prefix no- turns a flag off.
func (p *curlParser) long(w word) error {
	name, attached, hasValue := strings.Cut(strings.TrimPrefix(w.text, "--"), "=")
	option, ok := findCurlOption(name)
	if rest, isNo := strings.CutPrefix(name, "no-"); !ok && isNo {
		if option, ok = findCurlOption(rest); ok && !option.value {
			return nil
		}
		ok = false
	}
	switch {
	case !ok:
		return p.errorAt(w, "the option --%s is not understood", name)
	case hasValue && !option.value:
		return p.errorAt(w, "the option --%s has no value", name)
	case hasValue && attached == "":
		return p.errorAt(w, "%s has no value", w.text)
	}
	return p.apply(option, w, attached)
}

// short reads a word of short options: flags, and at the end perhaps an option
// whose value may follow in the same word.
func (p *curlParser) short(w word) error {
	letters := w.text[1:]
	for i, letter := range letters {
		name, ok := curlLetters[letter]
		if !ok {
			return p.errorAt(w, "the option -%c is not understood", letter)
		}
		option, _ := findCurlOption(name)
		if err := p.apply(option, w, letters[i+len(string(letter)):]); err != nil {
			return err
		}
		if option.value {
			return nil
		}
	}
	return nil
}

// apply reads an option's value and applies the option. attached is the text after
// a short option in the same word.
func (p *curlParser) apply(option curlOption, w word, attached string) error {
	if option.refused != "" {
		return p.errorAt(w, "%s: %s", w.text, option.refused)
	}
	value, known := w.tail(len(w.text) - len(attached))
	switch {
	case !known:
		return p.unknownValue(w)
	case option.value && attached == "" && len(p.words) == 0:
		return p.errorAt(w, "%s has no value", w.text)
	case option.value && attached == "":
		value = p.next()
	}
	switch {
	case option.do == nil:
		return nil
	case len(value.blanks) > 0 && !option.blind:
		return p.unknownValue(value)
	}
	p.noteBlanks(value)
	return option.do(p, value)
}

// noteBlanks notes the parts of a value that are not known and need not be, as far as
// people read them.
func (p *curlParser) noteBlanks(w word) {
	const most = 20
	for _, b := range w.blanks {
		if len(p.call.Notes) >= most {
			p.call.note("more expansions of the shell are not known")
			return
		}
		p.call.note("%s is not known; no verdict depends on its value", b.source)
	}
}

// unknownValue returns the error for a value that has to be known.
func (p *curlParser) unknownValue(w word) error {
	b := w.blanks[0]
	return errorAt(p.command, b.at, "an expansion of the shell is not understood").WithHelp("write what " + b.source + " stands for")
}
