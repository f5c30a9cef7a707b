package nodejs

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
)

// The names of the functions that instrumented programs call.
const (
	opTruth   = "__corsim_truth"
	opFalsy   = "__corsim_falsy"
	opNullish = "__corsim_nullish"
	opOr      = "__corsim_or"
	opAnd     = "__corsim_and"
	opElse    = "__corsim_else"
	opCompare = "__corsim_compare"
	opCompute = "__corsim_compute"
	opUnary   = "__corsim_unary"
	opType    = "__corsim_type"
	opGet     = "__corsim_get"
	opSwitch  = "__corsim_switch"
	opCase    = "__corsim_case"
	opMerge   = "__corsim_merge"
	opItems   = "__corsim_items"
	opModule  = "__corsim_module"
	opSet     = "__corsim_set"
)

// comparisons are the operators whose result is not known when an operand is not
// known, with the text that [opCompare] gets.
var comparisons = map[token.Token]string{
	token.STRICT_EQUAL: "===", token.STRICT_NOT_EQUAL: "!==", token.EQUAL: "==", token.NOT_EQUAL: "!=",
	token.LESS: "<", token.LESS_OR_EQUAL: "<=", token.GREATER: ">", token.GREATER_OR_EQUAL: ">=",
	token.INSTANCEOF: "instanceof",
}

// computations are the operators that make numbers.
var computations = map[token.Token]string{
	token.MINUS: "-", token.MULTIPLY: "*", token.SLASH: "/", token.REMAINDER: "%", token.EXPONENT: "**",
}

// instrumenter changes a program so that each operator that cannot be given a
// meaning for an unknown value in another way calls a function of the machine.
// Positions stay.
type instrumenter struct {
	// statements holds the positions of the calls whose value is not used.
	statements map[file.Idx]bool
	// set holds the names of variables whose values the user gives.
	set map[string]string
}

// call returns a call of a function of the machine.
func call(name string, at file.Idx, args ...ast.Expression) ast.Expression {
	return &ast.CallExpression{
		Callee:          &ast.Identifier{Name: uni(name), Idx: at},
		LeftParenthesis: at, ArgumentList: args, RightParenthesis: at,
	}
}

func text(s string, at file.Idx) ast.Expression {
	return &ast.StringLiteral{Idx: at, Literal: s, Value: uni(s)}
}

// test returns a condition that can be decided.
func (x *instrumenter) test(e ast.Expression) ast.Expression {
	if e == nil {
		return nil
	}
	return x.decided(x.expr(e))
}

func (x *instrumenter) decided(e ast.Expression) ast.Expression {
	switch n := e.(type) {
	case *ast.BooleanLiteral, *ast.NumberLiteral, *ast.StringLiteral:
		return e
	case *ast.CallExpression:
		if id, ok := n.Callee.(*ast.Identifier); ok && (id.Name == uni(opCompare) || id.Name == uni(opTruth)) {
			return e
		}
	case *ast.UnaryExpression:
		if n.Operator == token.NOT {
			return e
		}
	}
	return call(opTruth, e.Idx0(), e)
}

func (x *instrumenter) binary(n *ast.BinaryExpression) ast.Expression {
	n.Left, n.Right = x.expr(n.Left), x.expr(n.Right)
	at := n.Left.Idx0()
	if isLiteral(n.Left) && isLiteral(n.Right) {
		return n
	}
	if op, ok := comparisons[n.Operator]; ok {
		return call(opCompare, at, text(op, at), n.Left, n.Right)
	}
	if op, ok := computations[n.Operator]; ok {
		return call(opCompute, at, text(op, at), n.Left, n.Right)
	}
	switch n.Operator {
	case token.LOGICAL_OR:
		if harmless(n.Right) {
			return call(opOr, at, n.Left, n.Right)
		}
		n.Left = call(opFalsy, at, n.Left)
	case token.LOGICAL_AND:
		if harmless(n.Right) {
			return call(opAnd, at, n.Left, n.Right)
		}
		n.Left = call(opFalsy, at, n.Left)
	case token.COALESCE:
		if harmless(n.Right) {
			return call(opElse, at, n.Left, n.Right)
		}
		n.Left = call(opNullish, at, n.Left)
	}
	return n
}

// isLiteral reports whether an expression is a known value whatever happens.
func isLiteral(e ast.Expression) bool {
	switch e.(type) {
	case *ast.BooleanLiteral, *ast.NumberLiteral, *ast.StringLiteral, *ast.NullLiteral, *ast.RegExpLiteral, *ast.FunctionLiteral, *ast.ArrowFunctionLiteral:
		return true
	}
	return false
}

// harmless reports whether an expression may be evaluated although its value may
// not be needed.
func harmless(e ast.Expression) bool {
	switch n := e.(type) {
	case *ast.ArrayLiteral:
		for _, v := range n.Value {
			if !harmless(v) {
				return false
			}
		}
		return true
	case *ast.ObjectLiteral:
		return len(n.Value) == 0
	}
	return isLiteral(e)
}

func (x *instrumenter) unary(n *ast.UnaryExpression) ast.Expression {
	switch n.Operator {
	case token.TYPEOF:
		if _, name := n.Operand.(*ast.Identifier); name {
			operand := *n.Operand.(*ast.Identifier)
			thunk := &ast.ArrowFunctionLiteral{Start: n.Idx, ParameterList: &ast.ParameterList{Opening: n.Idx, Closing: n.Idx}, Body: &ast.ExpressionBody{Expression: &operand}}
			return call(opType, n.Idx, n, thunk)
		}
		value := x.expr(n.Operand)
		return call(opType, n.Idx, value)
	case token.DELETE:
		return n
	case token.NOT:
		n.Operand = x.test(n.Operand)
		return n
	case token.PLUS, token.MINUS, token.BITWISE_NOT:
		n.Operand = x.expr(n.Operand)
		if isLiteral(n.Operand) {
			return n
		}
		return call(opUnary, n.Idx, text(n.Operator.String(), n.Idx), n.Operand)
	case token.INCREMENT, token.DECREMENT:
		n.Operand = x.target(n.Operand)
		return n
	}
	n.Operand = x.expr(n.Operand)
	return n
}

// target instruments what is assigned to.
func (x *instrumenter) target(e ast.Expression) ast.Expression {
	if n, ok := e.(*ast.BracketExpression); ok {
		n.Left, n.Member = x.expr(n.Left), x.expr(n.Member)
		return n
	}
	return x.expr(e)
}

func (x *instrumenter) assign(n *ast.AssignExpression) ast.Expression {
	n.Left, n.Right = x.target(n.Left), x.expr(n.Right)
	if p, ok := n.Left.(*ast.ArrayPattern); ok {
		n.Right = items(n.Right, p)
	}
	return n
}

// items returns what an array pattern takes apart.
func items(e ast.Expression, p *ast.ArrayPattern) ast.Expression {
	if e == nil {
		return nil
	}
	at := e.Idx0()
	return call(opItems, at, e, &ast.NumberLiteral{Idx: at, Value: int64(len(p.Elements))})
}

func (x *instrumenter) call(n *ast.CallExpression) ast.Expression {
	switch c := n.Callee.(type) {
	case *ast.Identifier:
		if c.Name == "__toESM" {
			c.Name = uni(opModule)
		}
	case *ast.BracketExpression:
		c.Left, c.Member = x.expr(c.Left), x.expr(c.Member)
	default:
		n.Callee = x.expr(n.Callee)
	}
	x.list(n.ArgumentList)
	return n
}

// object instruments an object literal. If it has a spread, it becomes a merge of
// its parts.
func (x *instrumenter) object(n *ast.ObjectLiteral) ast.Expression {
	spread := false
	for _, p := range n.Value {
		switch p := p.(type) {
		case *ast.PropertyKeyed:
			if p.Computed {
				p.Key = x.expr(p.Key)
			}
			p.Value = x.expr(p.Value)
		case *ast.SpreadElement:
			spread = true
			p.Expression = x.expr(p.Expression)
		}
	}
	if !spread {
		return n
	}
	at := n.LeftBrace
	var parts []ast.Expression
	part := &ast.ObjectLiteral{LeftBrace: at, RightBrace: n.RightBrace}
	for _, p := range n.Value {
		s, ok := p.(*ast.SpreadElement)
		if !ok {
			part.Value = append(part.Value, p)
			continue
		}
		parts = append(parts, part, s.Expression)
		part = &ast.ObjectLiteral{LeftBrace: at, RightBrace: n.RightBrace}
	}
	return call(opMerge, at, append(parts, part)...)
}

func (x *instrumenter) list(l []ast.Expression) {
	for i, e := range l {
		l[i] = x.expr(e)
	}
}
