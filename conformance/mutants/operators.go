package main

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
)

// The operators. The first five are those that gremlins applies by default.
const (
	arithmetic = "arithmetic-base"
	boundary   = "conditionals-boundary"
	negation   = "conditionals-negation"
	increment  = "increment-decrement"
	negative   = "invert-negatives"
	logical    = "invert-logical"
	loop       = "invert-loop"
)

// replacement is one change of an operator of the language.
type replacement struct {
	operator string
	by       token.Token
}

// replacements lists what each operator of the language is changed to.
var replacements = map[token.Token][]replacement{
	token.LSS:  {{boundary, token.LEQ}, {negation, token.GEQ}},
	token.LEQ:  {{boundary, token.LSS}, {negation, token.GTR}},
	token.GTR:  {{boundary, token.GEQ}, {negation, token.LEQ}},
	token.GEQ:  {{boundary, token.GTR}, {negation, token.LSS}},
	token.EQL:  {{negation, token.NEQ}},
	token.NEQ:  {{negation, token.EQL}},
	token.ADD:  {{arithmetic, token.SUB}},
	token.SUB:  {{arithmetic, token.ADD}},
	token.MUL:  {{arithmetic, token.QUO}},
	token.QUO:  {{arithmetic, token.MUL}},
	token.REM:  {{arithmetic, token.MUL}},
	token.LAND: {{logical, token.LOR}},
	token.LOR:  {{logical, token.LAND}},
	token.INC:  {{increment, token.DEC}},
	token.DEC:  {{increment, token.INC}},
}

// changesOf returns the changes of a node: what is between two of its parts,
// and by what it is replaced. It returns none for constants, which have their
// value when the program is compiled, and for the addition of strings.
func changesOf(n ast.Node, info *types.Info) (at token.Pos, was token.Token, out []replacement) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		if isConstant(n, info) || isText(info.TypeOf(n)) || dividesByZero(n, info) {
			return 0, 0, nil
		}
		return n.OpPos, n.Op, replacements[n.Op]
	case *ast.UnaryExpr:
		if n.Op == token.SUB && !isConstant(n, info) {
			return n.OpPos, n.Op, []replacement{{negative, token.ADD}}
		}
	case *ast.IncDecStmt:
		return n.TokPos, n.Tok, replacements[n.Tok]
	case *ast.BranchStmt:
		if n.Tok == token.CONTINUE && n.Label == nil {
			return n.TokPos, n.Tok, []replacement{{loop, token.BREAK}}
		}
	}
	return 0, 0, nil
}

func isConstant(e ast.Expr, info *types.Info) bool { return info.Types[e].Value != nil }

func isText(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// dividesByZero reports whether a product would become a division by the constant 0,
// which does not compile.
func dividesByZero(n *ast.BinaryExpr, info *types.Info) bool {
	value := info.Types[n.Y].Value
	return n.Op == token.MUL && value != nil && constant.Sign(value) == 0
}
