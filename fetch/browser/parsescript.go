//go:build !noparser

package browser

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

const byteOrderMark = "\ufeff"

// parseScript reports whether a text is a classic script.
func parseScript(source string) bool {
	program, err := js.Parse(parse.NewInputString(source), js.Options{})
	// Only module scripts import and export.
	return err == nil && !slices.ContainsFunc(program.List, func(s js.IStmt) bool {
		switch s.(type) {
		case *js.ImportStmt, *js.ExportStmt:
			return true
		}
		return false
	})
}

// parseModule returns what a module says about other modules.
func parseModule(source string) ModuleText {
	p := moduleParser{}
	text := p.replaceAttributes(strings.TrimPrefix(source, byteOrderMark))
	program, err := js.Parse(parse.NewInputString(text), js.Options{})
	if err != nil {
		message, _, _ := strings.Cut(err.Error(), "\n")
		return ModuleText{SyntaxError: message}
	}
	for _, statement := range program.List {
		switch s := statement.(type) {
		case *js.ImportStmt:
			p.out.Imports = append(p.out.Imports, p.importOf(s.Module))
		case *js.ExportStmt:
			if s.Module != nil {
				p.out.Imports = append(p.out.Imports, p.importOf(s.Module))
			}
			p.walk(s, dynamicReached)
		case *js.ExprStmt, *js.VarDecl:
			p.walk(s, dynamicReached)
		default:
			p.walk(s, dynamicOther)
		}
	}
	return p.out
}

// moduleParser reads one module.
type moduleParser struct {
	out ModuleText
	// withAttributes holds the imports whose attributes were replaced.
	withAttributes []Import
}

// placeholder begins the specifier that stands for an import with attributes; the
// number of the import follows.
const placeholder = "corsim:import:"

// replaceAttributes replaces each literal before with {…} by a placeholder, since
// the JavaScript parser does not know import attributes. In a module, which is in
// strict mode, nothing else has this form.
func (p *moduleParser) replaceAttributes(source string) string {
	var out strings.Builder
	for rest := source; ; {
		i := strings.Index(rest, "with")
		if i < 0 {
			if out.Len() == 0 {
				return source
			}
			out.WriteString(rest)
			return out.String()
		}
		before, after := strings.TrimRight(rest[:i], jsSpace), strings.TrimLeft(rest[i+len("with"):], jsSpace)
		start := literalStart(before)
		end := strings.IndexByte(after[:min(len(after), maxAttributes)], '}')
		if start < 0 || !strings.HasPrefix(after, "{") || end < 0 {
			out.WriteString(rest[:i+len("with")])
			rest = rest[i+len("with"):]
			continue
		}
		out.WriteString(before[:start])
		out.WriteString(strconv.Quote(placeholder + strconv.Itoa(len(p.withAttributes))))
		p.withAttributes = append(p.withAttributes, importWith(unquoteJS(before[start:]), after[1:end]))
		rest = after[end+1:]
	}
}

// maxAttributes is the largest number of bytes of the attributes of an import.
const maxAttributes = 1000

const jsSpace = " \t\r\n\v\f"

// literalStart returns where the string literal at the end of a text starts; -1
// if there is none.
func literalStart(text string) int {
	if text == "" || text[len(text)-1] != '"' && text[len(text)-1] != '\'' {
		return -1
	}
	return strings.LastIndexByte(text[:len(text)-1], text[len(text)-1])
}

// importWith returns an import with attributes, such as `type: "json"`.
func importWith(specifier, attributes string) Import {
	out := Import{Specifier: specifier}
	for attribute := range strings.SplitSeq(attributes, ",") {
		name, value, ok := strings.Cut(attribute, ":")
		name = strings.Trim(strings.Trim(name, jsSpace), `"'`)
		switch {
		case !ok && name == "":
		case ok && name == "type":
			out.Type = unquoteJS(strings.Trim(value, jsSpace))
		default:
			out.UnknownAttribute = name
		}
	}
	return out
}

// importOf returns the import with a specifier, which is a string literal.
func (p *moduleParser) importOf(literal []byte) Import {
	specifier := unquoteJS(string(literal))
	if number, ok := strings.CutPrefix(specifier, placeholder); ok {
		if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(p.withAttributes) {
			return p.withAttributes[i]
		}
	}
	return Import{Specifier: specifier}
}

// dynamicImports says what is known of the calls of import() in a part of a module.
type dynamicImports uint8

const (
	// dynamicReached: running the module reaches the part.
	dynamicReached dynamicImports = iota
	// dynamicOther: it may not.
	dynamicOther
)

// walk collects the calls of import() in a part of the module.
func (p *moduleParser) walk(n js.INode, reached dynamicImports) {
	js.Walk(&dynamicVisitor{parser: p, reached: reached}, n)
}

// dynamicVisitor visits a part of a module.
type dynamicVisitor struct {
	parser  *moduleParser
	reached dynamicImports
	// handled reports whether script may handle the failure of a promise in this part.
	handled bool
}

// other returns the visitor of a part that running the module may not reach.
func (v *dynamicVisitor) other() *dynamicVisitor {
	return &dynamicVisitor{v.parser, dynamicOther, v.handled}
}

// Enter visits a node. What stands in functions, classes and conditions is run
// later or not at all.
func (v *dynamicVisitor) Enter(n js.INode) js.IVisitor {
	switch n := n.(type) {
	case *js.FuncDecl, *js.ArrowFunc, *js.ClassDecl, *js.CondExpr:
		return v.other()
	case *js.BinaryExpr:
		switch n.Op {
		case js.AndToken, js.OrToken, js.NullishToken, js.AndEqToken, js.OrEqToken, js.NullishEqToken:
			return v.other()
		}
	case *js.DotExpr, *js.IndexExpr:
		if isOptional(n) {
			return v.other()
		}
	case *js.UnaryExpr:
		if n.Op == js.AwaitToken {
			return &dynamicVisitor{v.parser, v.reached, true}
		}
	case *js.CallExpr:
		if n.Optional {
			return v.other()
		}
		if callee, ok := n.X.(*js.LiteralExpr); ok && callee.TokenType == js.ImportToken {
			v.parser.addDynamic(n.Args.List, v.reached, v.handled)
		} else if !passesFailureOn(n) {
			return &dynamicVisitor{v.parser, v.reached, true}
		}
	}
	return v
}

// passesFailureOn reports whether a call has a promise that fails if the one before the dot
// does: then() with one function, and finally().
func passesFailureOn(n *js.CallExpr) bool {
	callee, ok := n.X.(*js.DotExpr)
	if !ok {
		return false
	}
	switch name := callee.Y.String(); name {
	case "then":
		return len(n.Args.List) == 1
	case "finally":
		return true
	}
	return false
}

// Exit does nothing.
func (*dynamicVisitor) Exit(js.INode) {}

func isOptional(n js.INode) bool {
	switch n := n.(type) {
	case *js.DotExpr:
		return n.Optional
	case *js.IndexExpr:
		return n.Optional
	}
	return false
}

// addDynamic adds a call of import().
func (p *moduleParser) addDynamic(args []js.Arg, reached dynamicImports, handled bool) {
	if reached == dynamicReached && len(args) == 1 {
		if literal, ok := args[0].Value.(*js.LiteralExpr); ok && literal.TokenType == js.StringToken {
			imported := p.importOf(literal.Data)
			imported.Handled = handled
			p.out.Dynamic = append(p.out.Dynamic, imported)
			return
		}
	}
	p.out.OtherDynamic++
}

// unquoteJS returns the value of a JavaScript string literal. What is no valid
// escape stays as it is.
// https://tc39.es/ecma262/#sec-static-semantics-sv
func unquoteJS(literal string) string {
	if len(literal) < 2 {
		return literal
	}
	return unescaped(literal[1:len(literal)-1], jsEscape)
}

// unescaped replaces the escapes in a text. escape returns the value of an escape
// without its backslash, and its length; something follows the backslash.
func unescaped(text string, escape func(string) (value string, length int)) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var out strings.Builder
	for {
		before, after, ok := strings.Cut(text, `\`)
		out.WriteString(before)
		if !ok || after == "" {
			return out.String()
		}
		value, length := escape(after)
		out.WriteString(value)
		text = after[length:]
	}
}

// jsEscape returns the value of an escape without its backslash, and its length.
func jsEscape(text string) (value string, length int) {
	if i := strings.IndexByte(`bfnrtv0`, text[0]); i >= 0 {
		return "\b\f\n\r\t\v\x00"[i : i+1], 1
	}
	digits, length := "", 0
	switch text[0] {
	case 'x':
		digits, length = text[1:min(3, len(text))], 3
	case 'u':
		digits, length = text[1:min(5, len(text))], 5
		if braced, ok := strings.CutPrefix(text, "u{"); ok {
			digits, _, _ = strings.Cut(braced, "}")
			length = len("u{") + len(digits) + 1
		}
	case '\n', '\r':
		return "", 1 // the literal goes on in the next line
	}
	n, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || length > len(text) || n > 0x10FFFF {
		return text[:1], 1
	}
	return string(rune(n)), length
}
