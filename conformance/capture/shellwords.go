package capture

import (
	"fmt"
	"strings"

	"mvdan.cc/sh/v3/expand"
	"mvdan.cc/sh/v3/syntax"

	"github.com/corsim/corsim/fetch/server"
)

// word is a word of a command after the shell has removed its quotes.
type word struct {
	text   string
	offset int
	// blanks are the parts of the text that the shell would replace, and that are not
	// known.
	blanks []shellBlank
}

// shellBlank is an expansion of the shell, such as $TOKEN or $(cat token).
type shellBlank struct {
	source string // its text, up to the end of its line
	at     int    // its offset in the command
	offset int    // the offset of its stand-in in the word's text
}

// tail returns the word from an offset on; ok is false if what is before is not
// known.
func (w word) tail(from int) (out word, ok bool) {
	out = word{text: w.text[from:], offset: w.offset}
	for _, b := range w.blanks {
		if b.offset -= from; b.offset < 0 {
			return out, false
		}
		out.blanks = append(out.blanks, b)
	}
	return out, true
}

// sources returns the texts of the expansions in a word.
func (w word) sources() string {
	var out []string
	for _, b := range w.blanks {
		out = append(out, b.source)
	}
	return strings.Join(out, ", ")
}

// shellReader reads the words of a command for bash.
type shellReader struct {
	command string
	// values holds the variables to which the text gives a plain value.
	values map[string]string
	notes  []string
}

// shellWords returns the words of the first curl command of a text, or of its first
// command if there is none. Variables that the text sets are replaced. What stands
// after the command, such as a pipe, is left out.
func shellWords(command string) ([]word, []string, error) {
	if at := deepNesting(command); at >= 0 {
		return nil, nil, errorAt(command, at, "more than %d opening brackets outside quotes: this is not a command that a browser copies", maxShellNesting)
	}
	file, err := syntax.NewParser(syntax.Variant(syntax.LangBash)).Parse(strings.NewReader(command), "")
	if err != nil {
		return nil, nil, shellError(err)
	}
	if len(file.Stmts) == 0 {
		return nil, nil, errorAt(command, 0, "there is no command")
	}
	r := &shellReader{command: command, values: make(map[string]string)}
	call, err := r.findCommand(file.Stmts)
	if err != nil {
		return nil, nil, err
	}
	var out []word
	for _, arg := range call.Args {
		w, err := r.word(arg)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, w)
	}
	return out, r.notes, nil
}

// findCommand returns the first call of a program, and reads the variables that are set
// before it.
func (r *shellReader) findCommand(stmts []*syntax.Stmt) (*syntax.CallExpr, error) {
	for i, stmt := range stmts {
		if decl, ok := stmt.Cmd.(*syntax.DeclClause); ok && i+1 < len(stmts) {
			r.assign(decl.Args)
			continue
		}
		first := r.first(stmt)
		call, ok := first.Cmd.(*syntax.CallExpr)
		switch {
		case stmt.Background:
			return nil, errorAt(r.command, int(stmt.Semicolon.Offset()), "the command ends at an & outside quotes").WithHelp("put the URL in quotes")
		case !ok || stmt.Negated:
			return nil, errorAt(r.command, int(stmt.Pos().Offset()), "not a plain command: loops, conditions and functions are not understood")
		case len(call.Args) == 0 && i+1 < len(stmts):
			r.assign(call.Assigns)
			continue
		}
		if i+1 < len(stmts) {
			r.notes = append(r.notes, "the text has more commands; the first that calls a program is read")
		}
		return call, nil
	}
	return nil, errorAt(r.command, 0, "there is no command")
}

// first returns the first statement of a pipeline or a list, and notes what is left out.
func (r *shellReader) first(stmt *syntax.Stmt) *syntax.Stmt {
	for {
		binary, ok := stmt.Cmd.(*syntax.BinaryCmd)
		if !ok {
			break
		}
		if next, isBinary := binary.X.Cmd.(*syntax.BinaryCmd); !isBinary || next == nil {
			r.notes = append(r.notes, fmt.Sprintf("%q and what follows is left out", binary.Op.String()))
		}
		stmt = binary.X
	}
	if len(stmt.Redirs) > 0 {
		r.notes = append(r.notes, "the redirection of the shell is left out")
	}
	return stmt
}

// assign reads assignments of plain values.
func (r *shellReader) assign(list []*syntax.Assign) {
	for _, a := range list {
		if a.Name == nil || a.Value == nil {
			continue
		}
		if w, err := r.word(a.Value); err == nil && len(w.blanks) == 0 {
			r.values[a.Name.Value] = w.text
		}
	}
}

// word reads a word.
func (r *shellReader) word(arg *syntax.Word) (word, error) {
	out := word{offset: int(arg.Pos().Offset())}
	if syntax.SplitBraces(arg) {
		return out, errorAt(r.command, out.offset, "bash expands the braces to several words").WithHelp("put the word in quotes")
	}
	var text strings.Builder
	out.blanks = r.writeParts(&text, arg.Parts, outsideQuotes, nil)
	out.text = text.String()
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

// unknownText stands for what the shell would put into a word.
const unknownText = "unknown"

// writeParts writes the text of a word's parts without quotes and backslashes. It adds
// the parts that are not plain text, and not known, to blanks.
func (r *shellReader) writeParts(w *strings.Builder, parts []syntax.WordPart, e escapable, blanks []shellBlank) []shellBlank {
	for _, part := range parts {
		switch part := part.(type) {
		case *syntax.Lit:
			e.write(w, part.Value)
		case *syntax.SglQuoted:
			text := part.Value
			if part.Dollar {
				// Without arguments, only escapes are replaced.
				if plain, _, err := expand.Format(nil, text, nil); err == nil {
					text = plain
				} else {
					blanks = append(blanks, r.blank(part, w.Len()))
					text = unknownText
				}
			}
			w.WriteString(text)
		case *syntax.DblQuoted:
			blanks = r.writeParts(w, part.Parts, insideQuotes, blanks)
		default:
			if value, ok := r.valueOf(part); ok {
				w.WriteString(value)
				continue
			}
			blanks = append(blanks, r.blank(part, w.Len()))
			w.WriteString(unknownText)
		}
	}
	return blanks
}

// valueOf returns the value of a plain variable that the text sets.
func (r *shellReader) valueOf(part syntax.WordPart) (string, bool) {
	exp, ok := part.(*syntax.ParamExp)
	if !ok || exp.Param == nil || exp.Excl || exp.Length || exp.Width || exp.Index != nil || exp.Slice != nil || exp.Repl != nil || exp.Exp != nil || exp.Names != 0 {
		return "", false
	}
	value, ok := r.values[exp.Param.Value]
	return value, ok
}

// blank returns the expansion that a part of a word is.
func (r *shellReader) blank(part syntax.WordPart, offset int) shellBlank {
	at := int(part.Pos().Offset())
	shown, rest, more := strings.Cut(r.command[at:part.End().Offset()], "\n")
	if more && rest != "" {
		shown += "…"
	}
	return shellBlank{source: shown, at: at, offset: offset}
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
