package capture

import (
	"fmt"
	"regexp"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

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
	words, err := shellOf(command)(command)
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
	p := &curlParser{command: command, words: words[1:]}
	return p, p.parse()
}

// cmdForm matches the command that browsers copy for cmd of Windows: carets before quotation
// marks or at the ends of lines.
var cmdForm = regexp.MustCompile(`^\s*curl(\.exe)?\s+(([^'\n]*\s)?\^"|[^'\n]*\^\r?\n)`)

// shellOf returns the function that splits a command into words.
func shellOf(command string) func(string) ([]word, error) {
	switch {
	case cmdForm.MatchString(command):
		return cmdWords
	case powerShellForm.MatchString(command):
		return powerShellWords
	}
	return shellWords
}

// fetchForm matches the beginning of a call of fetch().
var fetchForm = regexp.MustCompile(`^\s*(await\s+)?fetch\s*\(`)

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// word is a word of a command after the shell has removed its quotes.
type word struct {
	text   string
	offset int
}

// shellWords returns the words of a simple command.
func shellWords(command string) ([]word, error) {
	if at := deepNesting(command); at >= 0 {
		return nil, errorAt(command, at, "more than %d opening brackets outside quotes: this is not a command that a browser copies", maxShellNesting)
	}
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(command), "")
	if err != nil {
		return nil, shellError(err)
	}
	if len(file.Stmts) == 0 {
		return nil, errorAt(command, 0, "there is no command")
	}
	stmt := file.Stmts[0]
	call, ok := stmt.Cmd.(*syntax.CallExpr)
	binary, isBinary := stmt.Cmd.(*syntax.BinaryCmd)
	switch {
	case stmt.Background:
		return nil, errorAt(command, int(stmt.Semicolon.Offset()), "the command ends at an & outside quotes").WithHelp("put the URL in quotes")
	case isBinary:
		return nil, errorAt(command, int(binary.OpPos.Offset()), "only one command is allowed").
			WithHelp(fmt.Sprintf("leave out %q and what follows", binary.Op.String()))
	case !ok || len(call.Assigns) > 0 || stmt.Negated:
		return nil, errorAt(command, int(stmt.Pos().Offset()), "not a plain command: pipes, lists and assignments are not understood")
	case len(stmt.Redirs) > 0:
		return nil, errorAt(command, int(stmt.Redirs[0].Pos().Offset()), "a redirection of the shell is not understood")
	case len(file.Stmts) > 1:
		return nil, errorAt(command, int(file.Stmts[1].Pos().Offset()), "a second command; only one is allowed")
	}
	var out []word
	for _, arg := range call.Args {
		offset := int(arg.Pos().Offset())
		if syntax.SplitBraces(arg) {
			return nil, errorAt(command, offset, "bash expands the braces to several words").WithHelp("put the word in quotes")
		}
		var text strings.Builder
		if expansion := writeParts(&text, arg.Parts, outsideQuotes); expansion != nil {
			at := int(expansion.Pos().Offset())
			shown, rest, more := strings.Cut(command[at:expansion.End().Offset()], "\n")
			if more && rest != "" {
				shown += "…"
			}
			return nil, errorAt(command, at, "an expansion of the shell is not understood").WithHelp("write what " + shown + " stands for")
		}
		out = append(out, word{text.String(), offset})
	}
	return out, nil
}

func shellError(err error) error {
	if parse, ok := err.(syntax.ParseError); ok {
		return &server.InputError{
			Position: server.Position{Line: int(parse.Pos.Line()), Column: int(parse.Pos.Col())}, Problem: parse.Text,
		}
	}
	return err
}

// escapable holds the characters before which the shell removes a backslash.
type escapable string

const (
	outsideQuotes escapable = "" // before all characters
	insideQuotes  escapable = "$`\"\\\n"
)

// writeParts writes the text of a word's parts without quotes and backslashes. It
// returns the first part that is not plain text, such as an expansion.
func writeParts(w *strings.Builder, parts []syntax.WordPart, e escapable) syntax.WordPart {
	for _, part := range parts {
		switch part := part.(type) {
		case *syntax.Lit:
			e.write(w, part.Value)
		case *syntax.SglQuoted:
			text := part.Value
			if part.Dollar {
				// Without arguments, only escapes are replaced.
				plain, _, err := expand.Format(nil, text, nil)
				if err != nil {
					return part
				}
				text = plain
			}
			w.WriteString(text)
		case *syntax.DblQuoted:
			if expansion := writeParts(w, part.Parts, insideQuotes); expansion != nil {
				return expansion
			}
		default:
			return part
		}
	}
	return nil
}

// write writes text without the backslashes that only quote a character.
func (e escapable) write(w *strings.Builder, text string) {
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) && (e == outsideQuotes || strings.IndexByte(string(e), text[i+1]) >= 0) {
			if i++; text[i] == '\n' {
				continue
			}
		}
		w.WriteByte(text[i])
	}
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
	head    bool
	get     bool
	globOff bool // the URL is not a pattern
	wire    fetch.HeaderList
	// hasType reports whether the command sets Content-Type, so that -d does not
	// add it.
	hasType bool
}

func (p *curlParser) parse() error {
	for len(p.words) > 0 {
		w := p.next()
		var err error
		switch {
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
	if p.url != nil {
		return p.errorAt(w, "a second URL, %q; only one is allowed", w.text)
	}
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

// long reads a long option. curl takes its value from the next word only.
func (p *curlParser) long(w word) error {
	name := strings.TrimPrefix(w.text, "--")
	option, ok := curlOptions[name]
	if !ok {
		return p.errorAt(w, "the option --%s is not understood", name)
	}
	return p.apply(option, w, "")
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
		option := curlOptions[name]
		if err := p.apply(option, w, letters[i+1:]); err != nil {
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
	value := word{attached, w.offset}
	if option.value && attached == "" {
		if len(p.words) == 0 {
			return p.errorAt(w, "%s has no value", w.text)
		}
		value = p.next()
	}
	if option.do == nil {
		return nil
	}
	return option.do(p, value)
}
