package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// kind is the kind of a token.
type kind int

const (
	tokenEnd      kind = iota
	tokenHTML          // text outside of <?php … ?>
	tokenVariable      // without "$"
	tokenName          // a name or a keyword, with its backslashes
	tokenInt
	tokenFloat
	tokenString   // a string without interpolation; text is its value
	tokenTemplate // a string with interpolation; text is as written, without quotes
	tokenOperator
)

// token is one token of a program.
type token struct {
	kind kind
	text string
	at   int // the byte offset
	// quote is the character around a template: '"' or 'h' for a heredoc.
	quote byte
}

// lexer splits a program into tokens.
type lexer struct {
	text   string
	i      int
	tokens []token
}

// syntaxError is the panic of a text that cannot be read.
type syntaxError struct {
	at   int
	text string
	// limit is set when PHP can read the text, and this package cannot.
	limit bool
}

// tokenize splits a program into tokens. If code is set, the text begins with code
// and not with text outside of it.
func tokenize(text string, code bool) []token {
	l := &lexer{text: text, tokens: make([]token, 0, len(text)/4+1)}
	if !code {
		l.html()
	}
	for l.i < len(l.text) {
		l.next()
	}
	l.add(tokenEnd, "", len(text))
	return l.tokens
}

func (l *lexer) add(k kind, text string, at int) {
	l.tokens = append(l.tokens, token{kind: k, text: text, at: at})
}

// html reads text until code begins.
func (l *lexer) html() {
	start := l.i
	for {
		n := strings.Index(l.text[l.i:], "<?")
		if n < 0 {
			l.i = len(l.text)
			l.html1(start, l.i)
			return
		}
		at := l.i + n
		rest := l.text[at:]
		switch {
		case strings.HasPrefix(rest, "<?="):
			l.html1(start, at)
			l.add(tokenName, "echo", at)
			l.i = at + 3
			return
		case len(rest) >= 5 && fetch.ByteLowercase(rest[:5]) == "<?php" && (len(rest) == 5 || isSpace(rest[5])):
			l.html1(start, at)
			l.i = min(at+6, len(l.text))
			if strings.HasPrefix(rest[5:], "\r\n") {
				l.i++
			}
			return
		}
		l.i = at + 2
	}
}

func (l *lexer) html1(start, end int) {
	if start < end {
		l.add(tokenHTML, l.text[start:end], start)
	}
}

// next reads one token or what is between tokens.
func (l *lexer) next() {
	c := l.text[l.i]
	rest := l.text[l.i:]
	switch {
	case isSpace(c):
		l.i++
	case strings.HasPrefix(rest, "?>"):
		l.add(tokenOperator, ";", l.i)
		l.i += 2
		if strings.HasPrefix(l.text[l.i:], "\r\n") {
			l.i += 2
		} else if strings.HasPrefix(l.text[l.i:], "\n") {
			l.i++
		}
		l.html()
	case strings.HasPrefix(rest, "#["):
		l.add(tokenOperator, "#[", l.i)
		l.i += 2
	case c == '#' || strings.HasPrefix(rest, "//"):
		l.lineComment()
	case strings.HasPrefix(rest, "/*"):
		n := strings.Index(rest[2:], "*/")
		if n < 0 {
			panic(syntaxError{at: l.i, text: "the comment is not closed"})
		}
		l.i += n + 4
	case c == '$' && len(rest) > 1 && isNameStart(rest[1]):
		n := nameLength(rest[1:])
		l.add(tokenVariable, rest[1:1+n], l.i)
		l.i += 1 + n
	case isNameStart(c) || c == '\\' && len(rest) > 1 && isNameStart(rest[1]):
		l.name()
	case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
		l.number()
	default:
		l.quotedOrOperator(c, rest)
	}
}

func (l *lexer) lineComment() {
	for l.i < len(l.text) && l.text[l.i] != '\n' && l.text[l.i] != '\r' {
		if strings.HasPrefix(l.text[l.i:], "?>") {
			return
		}
		l.i++
	}
}

func (l *lexer) name() {
	start := l.i
	for l.i < len(l.text) && (isNameStart(l.text[l.i]) || isDigit(l.text[l.i]) || l.text[l.i] == '\\') {
		l.i++
	}
	text := l.text[start:l.i]
	l.add(tokenName, text, start)
	if fetch.ByteLowercase(text) == "__halt_compiler" {
		l.i = len(l.text)
	}
}

func (l *lexer) number() {
	start, float := l.i, false
	rest := l.text[l.i:]
	if len(rest) > 1 && rest[0] == '0' && strings.ContainsRune("xXbBoO", rune(rest[1])) {
		l.i += 2
		for l.i < len(l.text) && (isDigit(l.text[l.i]) || isNameStart(l.text[l.i])) {
			l.i++
		}
		l.add(tokenInt, strings.ReplaceAll(l.text[start:l.i], "_", ""), start)
		return
	}
	for l.i < len(l.text) {
		c := l.text[l.i]
		exponent := (c == 'e' || c == 'E') && l.i+1 < len(l.text) && (isDigit(l.text[l.i+1]) || l.text[l.i+1] == '-' || l.text[l.i+1] == '+')
		if exponent {
			l.i++
		}
		if c == '.' || exponent {
			float = true
		} else if !isDigit(c) && c != '_' {
			break
		}
		l.i++
	}
	k := tokenInt
	if float {
		k = tokenFloat
	}
	l.add(k, strings.ReplaceAll(l.text[start:l.i], "_", ""), start)
}

// operators are the operators of more than one character, the longest first.
var operators = []string{
	"<=>", "**=", "...", "===", "!==", "<<=", ">>=", "??=", "?->",
	"=>", "->", "::", "==", "!=", "<>", "<=", ">=", "&&", "||", "??", "++", "--", "+=", "-=", "*=", "/=", ".=", "%=", "&=", "|=", "^=", "<<", ">>", "**",
}

func (l *lexer) quotedOrOperator(c byte, rest string) {
	at := l.i
	switch {
	case c == '\'':
		l.single()
		return
	case c == '"':
		l.double()
		return
	case strings.HasPrefix(rest, "<<<") && l.heredoc():
		return
	}
	for _, op := range operators {
		if strings.HasPrefix(rest, op) {
			l.add(tokenOperator, op, at)
			l.i += len(op)
			return
		}
	}
	if !strings.ContainsRune("+-*/%=<>!.,;:?()[]{}&|^~@$", rune(c)) {
		panic(syntaxError{at: at, text: "the character " + string(rune(c)) + " is not expected"})
	}
	l.add(tokenOperator, string(c), at)
	l.i++
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isNameStart(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// nameLength returns the length of the name at the beginning of a text.
func nameLength(s string) int {
	n := 0
	for n < len(s) && (isNameStart(s[n]) || isDigit(s[n])) {
		n++
	}
	return n
}
