package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// mutantOf is one change of the code.
type mutantOf struct {
	id       int
	pkg      string // its folder, such as "cache"
	file     string
	line     int
	name     string // see [rewriter.name]
	operator string
}

// site is an expression or a statement with its mutants.
type site struct {
	node    ast.Node
	at      token.Pos // of the operator
	was     token.Token
	changes []replacement
	first   int // the number of the first mutant
}

// rewriter writes one file with all its mutants.
type rewriter struct {
	pkg, file string
	fset      *token.FileSet
	text      []byte
	info      *types.Info
	qualify   types.Qualifier
	next      int // the number of the next mutant
	sites     []*site
	mutants   []mutantOf
	count     map[string]int // how many mutants have a name
}

// collect finds the sites of a file in the order of their text.
func (r *rewriter) collect(file *ast.File) {
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		endless := make(map[ast.Node]bool)
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if loop, ok := n.(*ast.ForStmt); ok && loop.Cond == nil {
				addContinues(endless, loop.Body)
			}
			at, was, changes := changesOf(n, r.info)
			if len(changes) > 0 && !endless[n] {
				r.add(f, &site{node: n, at: at, was: was, changes: changes})
			}
			return true
		})
	}
}

// addContinues adds the continue statements of a loop that has no condition. After
// such a loop a function needs no return, but if there is a break in it; so these
// statements have no mutants.
func addContinues(out map[ast.Node]bool, body *ast.BlockStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.BranchStmt:
			out[n] = true
		}
		return true
	})
}

func (r *rewriter) add(f *ast.FuncDecl, s *site) {
	s.first = r.next
	for _, c := range s.changes {
		name := r.name(f, s, c)
		r.count[name]++
		if n := r.count[name]; n > 1 {
			name += fmt.Sprint(" #", n)
		}
		r.mutants = append(r.mutants, mutantOf{
			id: r.next, pkg: r.pkg, file: r.file, line: r.fset.Position(s.at).Line, name: name, operator: c.operator,
		})
		r.next++
	}
	r.sites = append(r.sites, s)
}

// name returns what a mutant is called in lists: the file, the function, the text
// and its change. It does not depend on what is before it in the file.
func (r *rewriter) name(f *ast.FuncDecl, s *site, c replacement) string {
	function := f.Name.Name
	if f.Recv != nil {
		function = strings.TrimPrefix(types.ExprString(f.Recv.List[0].Type), "*") + "." + function
	}
	text := strings.Join(strings.Fields(r.source(s.node)), " ")
	return fmt.Sprintf("%s/%s %s: %s: %s → %s", r.pkg, r.file, function, text, s.was, c.by)
}

func (r *rewriter) offset(p token.Pos) int { return r.fset.Position(p).Offset }

func (r *rewriter) source(n ast.Node) string {
	return string(r.text[r.offset(n.Pos()):r.offset(n.End())])
}

// changed returns the text of a site with one change and without those of the sites
// within it: only one mutant is on at a time.
func (r *rewriter) changed(s *site, c replacement) string {
	text := r.source(s.node)
	at := r.offset(s.at) - r.offset(s.node.Pos())
	return text[:at] + c.by.String() + text[at+len(s.was.String()):]
}

// write returns the text of the file with all mutants.
func (r *rewriter) write(file *ast.File) string {
	out := r.between(r.offset(file.FileStart), len(r.text), r.sites)
	head := r.offset(file.Name.End())
	return out[:head] + `; import "` + switchPath + `"` + out[head:]
}

// between writes the text between two offsets, with the sites in it.
func (r *rewriter) between(from, to int, sites []*site) string {
	var out strings.Builder
	for len(sites) > 0 {
		s := sites[0]
		start, end := r.offset(s.node.Pos()), r.offset(s.node.End())
		within := 1
		for within < len(sites) && r.offset(sites[within].node.Pos()) < end {
			within++
		}
		out.Write(r.text[from:start])
		out.WriteString(r.switched(s, sites[1:within]))
		from, sites = end, sites[within:]
	}
	out.Write(r.text[from:to])
	return out.String()
}

// switched writes a site: each of its mutants where it is on, else the site itself
// with the sites within it.
func (r *rewriter) switched(s *site, within []*site) string {
	itself := r.between(r.offset(s.node.Pos()), r.offset(s.node.End()), within)
	switch n := s.node.(type) {
	case *ast.IncDecStmt:
		// An assignment may stand wherever x++ may, also in the head of a for loop.
		x := strings.TrimSuffix(itself, s.was.String())
		step := func(by token.Token) string { return x + by.String()[1:] + "1" }
		return x + " = " + r.value(s, n.X, step(s.was), func(c replacement) string { return step(c.by) })
	case *ast.BranchStmt:
		return r.statement(s, itself)
	case ast.Expr:
		return "(" + r.value(s, n, itself, func(c replacement) string { return r.changed(s, c) }) + ")"
	}
	panic(fmt.Sprintf("a site of type %T", s.node))
}

// statement writes a choice between statements.
func (r *rewriter) statement(s *site, itself string) string {
	return fmt.Sprintf("if mutant.On(%d) { %s } else { %s }", s.first, r.changed(s, s.changes[0]), itself)
}

// value writes a choice between expressions of one type.
func (r *rewriter) value(s *site, e ast.Expr, itself string, change func(replacement) string) string {
	t := types.TypeString(types.Default(r.info.TypeOf(e)), r.qualify)
	var out strings.Builder
	fmt.Fprintf(&out, "func() %s { ", t)
	for i, c := range s.changes {
		fmt.Fprintf(&out, "if mutant.On(%d) { return %s }; ", s.first+i, change(c))
	}
	fmt.Fprintf(&out, "return %s }()", itself)
	return out.String()
}
