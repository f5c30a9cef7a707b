package capture

import (
	"regexp"
	"slices"
	"strings"
)

// cmdWords returns the words of a command for cmd of Windows. Outside quotation marks a caret
// takes the next character's meaning away, and at the end of a line it continues the
// command. The program then splits what is left: a backslash before a quotation mark makes it
// one of the text.
func cmdWords(command string) ([]word, error) {
	plain, offsets := withoutCarets(command)
	var out []word
	var text strings.Builder
	begun, quoted := -1, false
	end := func() {
		if begun >= 0 {
			out = append(out, word{text: text.String(), offset: offsets[begun]})
		}
		text.Reset()
		begun = -1
	}
	for i := 0; i < len(plain); i++ {
		c := plain[i]
		blank := c == ' ' || c == '\t' || c == '\n' || c == '\r'
		if blank && !quoted {
			end()
			continue
		}
		if begun < 0 {
			begun = i
		}
		switch {
		case c == '\\' && i+1 < len(plain) && plain[i+1] == '"':
			i++
			text.WriteByte('"')
		case c == '"':
			quoted = !quoted
		default:
			text.WriteByte(c)
		}
	}
	if quoted {
		return nil, errorAt(command, offsets[begun], "the quotation mark is not closed")
	}
	end()
	return out, nil
}

// withoutCarets returns a command as cmd passes it on, and the offset in the command of each
// byte.
func withoutCarets(command string) (plain string, offsets []int) {
	var out strings.Builder
	quoted := false
	for i := 0; i < len(command); i++ {
		c := command[i]
		switch {
		case c == '^' && !quoted && i+1 < len(command):
			i++
			if rest := command[i:]; strings.HasPrefix(rest, "\r\n") || rest[0] == '\n' {
				i += strings.IndexByte(rest, '\n')
				continue
			}
			c = command[i]
		case c == '"':
			quoted = !quoted
		}
		out.WriteByte(c)
		offsets = append(offsets, i)
	}
	return out.String(), offsets
}

// powerShellForm matches the command that browsers copy for PowerShell.
var powerShellForm = regexp.MustCompile(`(?im)^\s*(\$session\s*=|(\$\w+\s*=\s*)?(Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\s)`)

var (
	powerShellCall   = regexp.MustCompile(`(?i)\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\s`)
	powerShellCookie = regexp.MustCompile(`System\.Net\.Cookie\("((?:[^"` + "`" + `]|` + "`" + `.)*)",\s*"((?:[^"` + "`" + `]|` + "`" + `.)*)"`)
	powerShellAgent  = regexp.MustCompile(`\.UserAgent\s*=\s*"((?:[^"` + "`" + `]|` + "`" + `.)*)"`)
)

// powerShellWords returns a PowerShell command as the words of the curl command with the same
// meaning.
func powerShellWords(command string) ([]word, error) {
	call := powerShellCall.FindStringIndex(command)
	if call == nil {
		return nil, errorAt(command, 0, "there is no Invoke-WebRequest or Invoke-RestMethod")
	}
	p := &powerShell{command: command, at: call[1]}
	p.add("curl", call[0])
	for _, m := range powerShellCookie.FindAllStringSubmatchIndex(command[:call[0]], -1) {
		p.add("--cookie", m[0])
		p.add(unquotedPowerShell(command[m[2]:m[3]])+"="+unquotedPowerShell(command[m[4]:m[5]]), m[0])
	}
	if m := powerShellAgent.FindStringSubmatchIndex(command[:call[0]]); m != nil {
		p.add("--user-agent", m[0])
		p.add(unquotedPowerShell(command[m[2]:m[3]]), m[0])
	}
	return p.words, p.parameters()
}

// powerShell reads the parameters of a call.
type powerShell struct {
	command string
	at      int
	words   []word
}

func (p *powerShell) add(text string, offset int) {
	p.words = append(p.words, word{text: text, offset: offset})
}

// withoutMeaning are the parameters that change nothing in a page.
var withoutMeaning = []string{"WEBSESSION", "SESSIONVARIABLE", "TIMEOUTSEC", "OUTFILE"}

// powerShellOptions are the options of curl for the parameters, in capitals.
var powerShellOptions = map[string]string{
	"URI": "--url", "METHOD": "--request", "BODY": "--data-raw", "USERAGENT": "--user-agent",
}

// parameters reads the parameters up to the end of the command.
func (p *powerShell) parameters() error {
	for p.skip(); p.at < len(p.command); p.skip() {
		start := p.at
		if p.command[start] != '-' {
			text, err := p.value()
			if err != nil {
				return err
			}
			p.add(text, start)
			continue
		}
		p.at++
		name := p.name()
		p.skip()
		if err := p.parameter(strings.ToUpper(name), name, start); err != nil {
			return err
		}
	}
	return nil
}

// parameter reads the value of a parameter.
func (p *powerShell) parameter(upper, name string, start int) error {
	switch upper {
	case "USEBASICPARSING":
		return nil
	case "HEADERS":
		return p.headers()
	}
	text, err := p.value()
	if err != nil {
		return err
	}
	option, ok := powerShellOptions[upper]
	switch {
	case ok:
		p.add(option, start)
		p.add(text, start)
	case upper == "CONTENTTYPE":
		p.add("--header", start)
		p.add("Content-Type: "+text, start)
	case !slices.Contains(withoutMeaning, upper):
		return errorAt(p.command, start, "the parameter -%s is not understood", name)
	}
	return nil
}

// headers reads @{"name"="value" …}.
func (p *powerShell) headers() error {
	if !strings.HasPrefix(p.command[p.at:], "@{") {
		return errorAt(p.command, p.at, "expected @{ here")
	}
	p.at += len("@{")
	for p.skip(); p.at < len(p.command) && p.command[p.at] != '}'; p.skip() {
		start := p.at
		name, err := p.value()
		if err != nil {
			return err
		}
		if p.skip(); !strings.HasPrefix(p.command[p.at:], "=") {
			return errorAt(p.command, p.at, "expected = here")
		}
		p.at++
		p.skip()
		value, err := p.value()
		if err != nil {
			return err
		}
		if !strings.HasPrefix(name, ":") {
			p.add("--header", start)
			p.add(name+": "+value, start)
		}
	}
	p.at = min(p.at+1, len(p.command))
	return nil
}

// skip skips blanks, the ends of lines, and backquotes before them.
func (p *powerShell) skip() {
	for p.at < len(p.command) && strings.IndexByte(" \t\r\n`;", p.command[p.at]) >= 0 {
		p.at++
	}
}

func (p *powerShell) name() string {
	start := p.at
	for p.at < len(p.command) && isNameByte(p.command[p.at]) {
		p.at++
	}
	return p.command[start:p.at]
}

// value reads a string or a word.
func (p *powerShell) value() (string, error) {
	if p.at >= len(p.command) {
		return "", errorAt(p.command, p.at, "expected a value here, not the end")
	}
	start, quote := p.at, p.command[p.at]
	if quote != '"' && quote != '\'' {
		for p.at < len(p.command) && strings.IndexByte(" \t\r\n;=}", p.command[p.at]) < 0 {
			p.at++
		}
		return p.command[start:p.at], p.moved(start)
	}
	for p.at++; p.at < len(p.command); p.at++ {
		switch c := p.command[p.at]; {
		case c == '`' && quote == '"':
			p.at++
		case c == quote:
			p.at++
			text := p.command[start+1 : p.at-1]
			if quote == '"' {
				text = unquotedPowerShell(text)
			}
			return text, nil
		}
	}
	return "", errorAt(p.command, start, "the string does not end")
}

// moved returns an error if nothing was read.
func (p *powerShell) moved(start int) error {
	if p.at == start {
		return errorAt(p.command, start, "%q is not understood here", p.command[start])
	}
	return nil
}

// powerShellCharacter matches a character that is written by its number.
var powerShellCharacter = regexp.MustCompile(`\$\(\[char\]([0-9]{1,5})\)`)

// unquotedPowerShell returns the text of a string in quotation marks.
func unquotedPowerShell(text string) string {
	text = powerShellCharacter.ReplaceAllStringFunc(text, func(c string) string {
		number := 0
		for _, digit := range powerShellCharacter.FindStringSubmatch(c)[1] {
			number = 10*number + int(digit-'0')
		}
		return string(rune(number))
	})
	var out strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '`' && i+1 < len(text) {
			i++
			if c = text[i]; c == 'n' {
				c = '\n'
			} else if c == 'r' {
				c = '\r'
			} else if c == 't' {
				c = '\t'
			}
		}
		out.WriteByte(c)
	}
	return out.String()
}
