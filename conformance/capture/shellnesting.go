package capture

// maxShellNesting is the largest number of brackets that open outside quotes. The
// parser of the shell's syntax calls itself for each of them, and a stack that
// overflows ends the program.
const maxShellNesting = 100

// deepNesting returns the offset of the bracket or backquote with which a command
// has more of them than the limit; -1 if it has fewer. It does not count those that
// mean themselves: after a backslash, between single quotes, and brackets between
// double quotes that no dollar sign precedes.
func deepNesting(command string) int {
	count := 0
	var quote byte     // the quotation mark that is open; 0 if none is
	var escapes = true // whether a backslash takes the next character's meaning away
	for i := 0; i < len(command); i++ {
		switch c := command[i]; {
		case c == '\\' && escapes:
			i++
		case quote == '\'' && c == quote, quote == '"' && c == quote:
			quote, escapes = 0, true
		case quote == '\'':
		case c == '"':
			quote = c
		case c == '\'' && quote == 0:
			// $'…' is the form of the shell in which a backslash escapes.
			quote, escapes = c, i > 0 && command[i-1] == '$'
		case opensInShell(command, i, quote):
			if count++; count > maxShellNesting {
				return i
			}
		}
	}
	return -1
}

// opensInShell reports whether a character begins a part in which the syntax of the
// shell applies again.
func opensInShell(command string, i int, quote byte) bool {
	switch command[i] {
	case '`':
		return true
	case '(', '{', '[':
		return quote == 0 || i > 0 && command[i-1] == '$'
	}
	return false
}
