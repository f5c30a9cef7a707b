// Package syntax reads the source text of programs that configure servers: Python,
// Ruby, C# and Java. [Parse] gives a tree of statements and expressions ([File]); the
// packages of the servers evaluate it.
//
// The reader is tolerant. A statement that it cannot read becomes an [Unknown] node
// with its position, and reading continues with the next statement; what is wrong
// with a text is listed in [File.Faults]. So it reads printed examples that lost
// their indentation, or that have "..." in a list. It is not a validator: it accepts
// much that the languages refuse.
//
// A text of any size and form is read in linear time; expressions and blocks that
// are nested deeper than a limit become Unknown nodes.
//
// # Documents
//
//   - Python 3.13: https://docs.python.org/3/reference/grammar.html and
//     https://docs.python.org/3/reference/lexical_analysis.html
//   - Ruby 3.4: https://docs.ruby-lang.org/en/3.4/syntax_rdoc.html
//   - C# 13: https://learn.microsoft.com/en-us/dotnet/csharp/language-reference/
//   - Java 21: https://docs.oracle.com/javase/specs/jls/se21/html/
package syntax
