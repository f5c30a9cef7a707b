//go:build !noparser

package browser

import (
	"slices"
	"strconv"
	"strings"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"

	"github.com/corsim/corsim/fetch"
)

// parseStyleSheet returns what a style sheet imports, and the other URLs in it.
// https://drafts.csswg.org/css-cascade-5/#at-import
func parseStyleSheet(source string) StyleText {
	p := &styleParser{lexer: css.NewLexer(parse.NewInputString(strings.TrimPrefix(source, byteOrderMark)))}
	p.next()
	for p.token != css.ErrorToken {
		p.rule()
	}
	return p.out
}

// styleParser reads one style sheet.
type styleParser struct {
	lexer *css.Lexer
	token css.TokenType
	text  string
	// afterImports reports whether a rule was read after which there are no imports.
	afterImports bool
	seen         map[string]bool
	out          StyleText
}

// next reads the next token that is not a comment.
func (p *styleParser) next() {
	for {
		token, text := p.lexer.Next()
		if p.token, p.text = token, string(text); token != css.CommentToken {
			return
		}
	}
}

// rule reads a rule at the top of the style sheet.
func (p *styleParser) rule() {
	switch p.token {
	case css.WhitespaceToken, css.CDOToken, css.CDCToken:
		p.next()
	case css.AtKeywordToken:
		name := fetch.ByteLowercase(unescaped(p.text[1:], cssEscape))
		p.next()
		p.atRule(name)
	default:
		if p.skipToBlock(styleRule) == endedByBlock {
			p.afterImports = true
		}
	}
}

// atRule reads an at-rule after its name.
func (p *styleParser) atRule(name string) {
	if name == "import" {
		p.importRule()
		return
	}
	end := p.skipToBlock(atRule)
	switch name {
	case "charset":
	case "layer":
		p.afterImports = p.afterImports || end == endedByBlock
	case "namespace":
		p.afterImports = p.afterImports || end != endedByBlock
	default:
		p.afterImports = p.afterImports || end == endedByBlock && isBlockRule(name)
	}
}

// blockRules are the at-rules with a block that browsers know. An at-rule that
// they do not know is skipped, and imports may follow it.
var blockRules = [...]string{
	"color-profile", "container", "counter-style", "font-face", "font-feature-values", "font-palette-values", "function", "keyframes", "media",
	"page", "position-try", "property", "scope", "starting-style", "supports", "view-transition", "-webkit-keyframes", "-moz-document",
}

func isBlockRule(name string) bool { return slices.Contains(blockRules[:], name) }

// importRule reads an @import rule after its name. A rule with a block is invalid.
func (p *styleParser) importRule() {
	for p.token == css.WhitespaceToken {
		p.next()
	}
	var imported StyleImport
	ok := true
	switch p.token {
	case css.StringToken:
		imported.URL = unquoteCSS(p.text)
	case css.URLToken:
		imported.URL = urlOf(p.text)
	default:
		ok = false
	}
	if ok {
		p.next()
	}
	imported.Supports = p.supports()
	if end := p.skipToBlock(atRule); ok && end != endedByBlock && !p.afterImports {
		p.out.Imports = append(p.out.Imports, imported)
	}
}

// supports reads the condition supports(…) of an @import rule, after the layer if
// there is one; "" if there is none.
func (p *styleParser) supports() string {
	for {
		switch {
		case p.token == css.WhitespaceToken:
			p.next()
		case p.token == css.IdentToken && fetch.EqualFold(p.text, "layer"):
			p.next()
		case p.token == css.FunctionToken && fetch.EqualFold(p.text, "layer("):
			p.arguments()
		case p.token == css.FunctionToken && fetch.EqualFold(p.text, "supports("):
			return p.arguments()
		default:
			return ""
		}
	}
}

// arguments reads a function up to its closing parenthesis, and returns what is
// between the parentheses.
func (p *styleParser) arguments() string {
	var out strings.Builder
	for depth := 0; p.token != css.ErrorToken; p.next() {
		switch p.token {
		case css.FunctionToken, css.LeftParenthesisToken:
			depth++
		case css.RightParenthesisToken:
			depth--
		}
		if depth == 0 {
			p.next()
			break
		}
		out.WriteString(p.text)
	}
	_, text, _ := strings.Cut(out.String(), "(")
	return strings.TrimSpace(text)
}

// ruleKind is the kind of a rule, which says what ends it.
type ruleKind uint8

const (
	styleRule ruleKind = iota // ends with a block
	atRule                    // ends with a block or a semicolon
)

// ruleEnd is what a rule ended with.
type ruleEnd uint8

const (
	endedByText ruleEnd = iota // the end of the style sheet
	endedBySemicolon
	endedByBlock
)

// skipToBlock reads the rest of a rule with its block. It collects the URLs.
// https://drafts.csswg.org/css-syntax/#consume-at-rule
func (p *styleParser) skipToBlock(kind ruleKind) ruleEnd {
	var open []css.TokenType // the closing tokens that are awaited
	for ; p.token != css.ErrorToken; p.next() {
		switch p.token {
		case css.URLToken:
			p.addURL(urlOf(p.text))
		case css.SemicolonToken:
			if len(open) == 0 && kind == atRule {
				p.next()
				return endedBySemicolon
			}
		case css.LeftBraceToken:
			open = append(open, css.RightBraceToken)
		case css.LeftBracketToken:
			open = append(open, css.RightBracketToken)
		case css.LeftParenthesisToken, css.FunctionToken:
			open = append(open, css.RightParenthesisToken)
		case css.RightBraceToken, css.RightBracketToken, css.RightParenthesisToken:
			if len(open) == 0 || open[len(open)-1] != p.token {
				continue
			}
			open = open[:len(open)-1]
			if len(open) == 0 && p.token == css.RightBraceToken {
				p.next()
				return endedByBlock
			}
		}
	}
	return endedByText
}

// addURL adds a URL outside of @import. A fragment of the document itself is none.
func (p *styleParser) addURL(u string) {
	if u == "" || u[0] == '#' || p.seen[u] {
		return
	}
	if p.seen == nil {
		p.seen = make(map[string]bool)
	}
	p.seen[u] = true
	p.out.URLs = append(p.out.URLs, u)
}

// urlOf returns the value of a url() token.
func urlOf(token string) string {
	_, text, _ := strings.Cut(token, "(")
	text = strings.Trim(strings.TrimSuffix(text, ")"), " \t\r\n\f")
	if text != "" && (text[0] == '"' || text[0] == '\'') {
		return unquoteCSS(text)
	}
	return unescaped(text, cssEscape)
}

// unquoteCSS returns the value of a string token. The end of the style sheet also
// ends a string.
func unquoteCSS(token string) string {
	if n := len(token); n > 1 && token[n-1] == token[0] {
		token = token[:n-1]
	}
	return unescaped(token[1:], cssEscape)
}

// cssEscape returns the value of an escape without its backslash, and its length.
// https://drafts.csswg.org/css-syntax/#consume-escaped-code-point
func cssEscape(text string) (value string, length int) {
	digits := 0
	for digits < min(len(text), 6) && isHexDigit(text[digits]) {
		digits++
	}
	if digits == 0 {
		// An escaped line break is nothing, any other character is itself.
		rest := strings.TrimPrefix(strings.TrimPrefix(text, "\r"), "\n")
		length = len(text) - len(rest)
		if rest == "" {
			return "", length
		}
		return rest[:1], length + 1
	}
	n, _ := strconv.ParseUint(text[:digits], 16, 32)
	if n == 0 || n > 0x10FFFF {
		n = 0xFFFD
	}
	length = digits
	if length < len(text) && strings.IndexByte(" \t\r\n\f", text[length]) >= 0 {
		length++
	}
	return string(rune(n)), length
}

func isHexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}
