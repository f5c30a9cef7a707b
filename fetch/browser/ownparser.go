//go:build !noparser

package browser

// ownParser is the parser of the browsers that [New] returns. No other function
// may use it: the linker leaves it out of programs that do not call New.
type ownParser struct{}

func (ownParser) IsScript(source string) (bool, error) { return parseScript(source), nil }

func (ownParser) Module(source string) (ModuleText, error) { return parseModule(source), nil }

func (ownParser) StyleSheet(source string) (StyleText, error) { return parseStyleSheet(source), nil }
