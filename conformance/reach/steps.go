package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// step is a step of a standard in the code.
type step struct {
	// name is the file, the function and the steps, such as
	// "fetch/browser/redirect.go fetcher.redirect: Step 7".
	name string
	text string // the comment's sentence after the steps
	// at are the places of which one must run.
	at []position
}

// position is a place in a file.
type position struct {
	file         string // from the top of the tree
	line, column int
}

// named is how a line of a comment begins that names steps, or those that corsim leaves
// out.
var named = regexp.MustCompile(`^(Steps? \d[^:]*|Skipped \d[^:]*):\s*(.*)`)

// source is the code of the packages: their steps, and those that are left out.
type source struct {
	steps, left []step
	seen        map[string]int
}

// readSource reads packages, named by their folders, of the module in tree.
func readSource(tree string, folders []string) (*source, error) {
	s := &source{seen: make(map[string]int)}
	for _, folder := range folders {
		if err := s.addFolder(tree, folder); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *source) addFolder(tree, folder string) error {
	entries, err := os.ReadDir(filepath.Join(tree, folder))
	if err != nil {
		return err
	}
	p := &folderReader{fset: token.NewFileSet(), functions: make(map[string][]*ast.FuncDecl)}
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "gen_") {
			continue
		}
		text, err := os.ReadFile(filepath.Join(tree, folder, name))
		if err != nil {
			return err
		}
		// The file's name is what positions have, and what coverage profiles have.
		file, err := parser.ParseFile(p.fset, folder+"/"+name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		p.add(file)
	}
	for _, file := range p.files {
		s.addFile(p, file)
	}
	return nil
}

// folderReader is a package as it is written.
type folderReader struct {
	fset      *token.FileSet
	files     []*ast.File
	functions map[string][]*ast.FuncDecl // and methods, by their names
}

func (p *folderReader) add(file *ast.File) {
	p.files = append(p.files, file)
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Body != nil && len(f.Body.List) > 0 {
			p.functions[f.Name.Name] = append(p.functions[f.Name.Name], f)
		}
	}
}

// addFile adds what the comments inside functions name.
func (s *source) addFile(p *folderReader, file *ast.File) {
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		for _, group := range file.Comments {
			if f.Body.Pos() < group.Pos() && group.End() < f.Body.End() {
				s.addComment(p, f, group)
			}
		}
	}
}

// addComment adds what the lines of a comment name. The lines below such a line belong to it.
func (s *source) addComment(p *folderReader, f *ast.FuncDecl, group *ast.CommentGroup) {
	var last *step
	for _, line := range group.List {
		text := strings.TrimSpace(strings.TrimPrefix(line.Text, "//"))
		m := named.FindStringSubmatch(text)
		switch {
		case m == nil && last != nil:
			last.text += " " + text
		case m == nil:
		case strings.HasPrefix(m[1], "Skipped "):
			s.left = append(s.left, step{name: s.name(p, f, strings.TrimPrefix(m[1], "Skipped ")), text: m[2]})
			last = &s.left[len(s.left)-1]
		default:
			s.steps = append(s.steps, step{name: s.name(p, f, m[1]), text: m[2], at: p.placesOf(f, group)})
			last = &s.steps[len(s.steps)-1]
		}
	}
}

// name returns the name of a step. A second comment about one step of a function has a
// number.
func (s *source) name(p *folderReader, f *ast.FuncDecl, steps string) string {
	function := f.Name.Name
	if f.Recv != nil {
		function = strings.TrimPrefix(types.ExprString(f.Recv.List[0].Type), "*") + "." + function
	}
	name := p.fset.Position(f.Pos()).Filename + " " + function + ": " + steps
	if s.seen[name]++; s.seen[name] > 1 {
		name += " #" + string(rune('0'+s.seen[name]))
	}
	return name
}

// placesOf returns the places of which one must run if the step below a comment is
// taken: the branches of an if statement, the statements of a case, the function of an
// element of a list of checks, else the statement itself.
func (p *folderReader) placesOf(f *ast.FuncDecl, group *ast.CommentGroup) []position {
	switch n := p.below(f, group).(type) {
	case nil:
		return []position{p.position(group.End())}
	case *ast.IfStmt:
		if len(n.Body.List) > 0 {
			return []position{p.position(n.Body.List[0].Pos())}
		}
	case *ast.CaseClause:
		if len(n.Body) > 0 {
			return []position{p.position(n.Body[0].Pos())}
		}
	case *ast.CompositeLit:
		return p.functionsIn(n)
	case ast.Stmt:
		return []position{p.position(n.Pos())}
	}
	return []position{p.position(group.End())}
}

// below returns the statement, or the element of a list, in the line below a comment;
// nil if there is none.
func (p *folderReader) below(f *ast.FuncDecl, group *ast.CommentGroup) ast.Node {
	line := p.fset.Position(group.End()).Line + 1
	var found ast.Node
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if n == nil || found != nil || n.End() < group.Pos() {
			return false
		}
		_, isStatement := n.(ast.Stmt)
		_, isElement := n.(*ast.CompositeLit)
		_, isBlock := n.(*ast.BlockStmt)
		if (isStatement || isElement) && !isBlock && n.Pos() > group.Pos() && p.fset.Position(n.Pos()).Line == line {
			found = n
		}
		return found == nil
	})
	return found
}

// functionsIn returns where the functions begin that an element of a list names.
func (p *folderReader) functionsIn(element *ast.CompositeLit) []position {
	var out []position
	ast.Inspect(element, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		for _, f := range p.functions[id.Name] {
			out = append(out, p.position(f.Body.List[0].Pos()))
		}
		return true
	})
	return out
}

func (p *folderReader) position(at token.Pos) position {
	where := p.fset.Position(at)
	return position{where.Filename, where.Line, where.Column}
}

// names returns the names of steps in order.
func names(steps []step) []string {
	var out []string
	for _, s := range steps {
		out = append(out, s.name)
	}
	slices.Sort(out)
	return out
}
