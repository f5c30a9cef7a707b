package apache

import "strings"

// stringTo reads a string up to a delimiter, or to the end of the text if it is 0.
func (p *exprParser) stringTo(end byte) *node {
	out := &node{op: "concat"}
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			out.kids = append(out.kids, &node{op: "text", text: text.String()})
			text.Reset()
		}
	}
	for {
		if p.at >= len(p.s) {
			if end != 0 {
				p.fail("Unterminated string or variable")
			}
			break
		}
		c := p.s[p.at]
		if end != 0 && c == end || end == '}' && c == '}' {
			break
		}
		switch {
		case c == '\\' && p.at+1 < len(p.s):
			p.escape(&text)
		case c == '$' && p.at+1 < len(p.s) && p.s[p.at+1] >= '0' && p.s[p.at+1] <= '9':
			flush()
			out.kids = append(out.kids, &node{op: "group", text: p.s[p.at+1 : p.at+2]})
			p.at += 2
		case c == '%' && strings.HasPrefix(p.s[p.at:], "%{"):
			flush()
			out.kids = append(out.kids, p.variable())
		default:
			text.WriteByte(c)
			p.at++
		}
	}
	flush()
	switch len(out.kids) {
	case 0:
		return &node{op: "text"}
	case 1:
		return out.kids[0]
	}
	return out
}

// escape reads a backslash and what it stands for.
func (p *exprParser) escape(text *strings.Builder) {
	c := p.s[p.at+1]
	p.at += 2
	if c >= '0' && c <= '7' {
		n := int(c - '0')
		for i := 0; i < 2 && p.at < len(p.s) && p.s[p.at] >= '0' && p.s[p.at] <= '7'; i++ {
			n = n*8 + int(p.s[p.at]-'0')
			p.at++
		}
		if n > 255 {
			p.fail("Escape sequence out of bound")
		}
		text.WriteByte(byte(n))
		return
	}
	switch c {
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case '8', '9':
		p.fail("Bad escape sequence")
	}
	text.WriteByte(c)
}

// variable reads %{NAME} or %{function:argument}.
func (p *exprParser) variable() *node {
	p.enter()
	defer func() { p.depth-- }()
	p.at += 2
	name := p.name()
	if name == "" || p.at >= len(p.s) {
		p.fail("Unterminated variable in string")
	}
	switch p.s[p.at] {
	case '}':
		p.at++
		return variableNode(name)
	case ':':
		p.at++
		arg := p.stringTo('}')
		p.at++
		return function(name, arg)
	}
	p.fail("Invalid character in variable name '" + p.s[p.at:p.at+1] + "'")
	return nil
}

// exprVariables are the variables that are modelled; the others of the real server
// are in exprUnmodelled.
const exprVariables = " HTTP_USER_AGENT HTTP_PROXY_CONNECTION HTTP_REFERER HTTP_COOKIE HTTP_FORWARDED HTTP_HOST HTTP_ACCEPT" +
	" REQUEST_METHOD REQUEST_SCHEME REQUEST_URI REQUEST_FILENAME REMOTE_USER SERVER_NAME SERVER_PORT SERVER_PROTOCOL SCRIPT_FILENAME" +
	" PATH_INFO QUERY_STRING IS_SUBREQ DOCUMENT_ROOT AUTH_TYPE THE_REQUEST CONTENT_TYPE HANDLER DOCUMENT_URI REQUEST_STATUS HTTPS IPV6 HTTP2" +
	" REMOTE_ADDR CONN_REMOTE_ADDR "

const exprUnmodelled = " REMOTE_HOST REMOTE_IDENT SERVER_ADMIN REQUEST_LOG_ID SCRIPT_USER SCRIPT_GROUP LAST_MODIFIED CONTEXT_PREFIX" +
	" CONTEXT_DOCUMENT_ROOT REMOTE_PORT CONN_LOG_ID TIME_YEAR TIME_MON TIME_DAY TIME_HOUR TIME_MIN TIME_SEC TIME_WDAY TIME SERVER_SOFTWARE API_VERSION "

// variableNode returns the node of a variable.
func variableNode(name string) *node {
	word := " " + upper(name) + " "
	if strings.Contains(exprVariables, word) {
		return &node{op: "var", text: strings.TrimSpace(word)}
	}
	if strings.Contains(exprUnmodelled, word) || strings.HasPrefix(word, " SSL_") {
		panic(exprError{text: "variable " + name, unmodelled: true})
	}
	panic(exprError{text: "Variable '" + name + "' does not exist"})
}

// function returns the node of a function.
func function(name string, arg *node) *node {
	switch l := lower(name); l {
	case "req", "http", "req_novary", "resp", "reqenv", "env", "osenv", "note", "tolower", "toupper":
		return &node{op: "call", text: l, kids: []*node{arg}}
	case "escape", "unescape", "file", "filesize", "base64", "unbase64", "sha1", "md5", "ldap":
		panic(exprError{text: "function " + name, unmodelled: true})
	}
	panic(exprError{text: "Function '" + name + "' does not exist"})
}
