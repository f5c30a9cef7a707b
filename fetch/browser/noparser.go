//go:build noparser

package browser

// ownParser is not a parser: with the build tag noparser a program has only the parsers that
// it passes itself. The parsers that are left out bring package fmt with them, even where
// nobody calls them.
type ownParser struct{ ScriptCheck }
