package nodejs

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/unistring"
)

func uni(s string) unistring.String { return unistring.NewFromString(s) }

// instrument changes a program in place, and returns the positions of the calls
// whose value is not used.
func instrument(p *ast.Program, set map[string]string) map[file.Idx]bool {
	x := &instrumenter{statements: make(map[file.Idx]bool), set: set}
	x.body(p.Body)
	return x.statements
}

func (x *instrumenter) body(l []ast.Statement) {
	for _, s := range l {
		x.stmt(s)
	}
}

// expr instruments an expression and returns what is in its place.
func (x *instrumenter) expr(e ast.Expression) ast.Expression {
	switch n := e.(type) {
	case *ast.BinaryExpression:
		return x.binary(n)
	case *ast.UnaryExpression:
		return x.unary(n)
	case *ast.AssignExpression:
		return x.assign(n)
	case *ast.CallExpression:
		return x.call(n)
	case *ast.ObjectLiteral:
		return x.object(n)
	case *ast.ConditionalExpression:
		n.Test, n.Consequent, n.Alternate = x.test(n.Test), x.expr(n.Consequent), x.expr(n.Alternate)
	case *ast.BracketExpression:
		n.Left, n.Member = x.expr(n.Left), x.expr(n.Member)
		if _, super := n.Left.(*ast.SuperExpression); !super && !isLiteral(n.Member) {
			return call(opGet, n.Left.Idx0(), n.Left, n.Member)
		}
	case *ast.DotExpression:
		n.Left = x.expr(n.Left)
	case *ast.PrivateDotExpression:
		n.Left = x.expr(n.Left)
	case *ast.OptionalChain:
		n.Expression = x.chain(n.Expression)
	case *ast.NewExpression:
		n.Callee = x.expr(n.Callee)
		x.list(n.ArgumentList)
	default:
		x.rest(e)
	}
	return e
}

// chain instruments an optional chain, whose parts have to stay what they are.
func (x *instrumenter) chain(e ast.Expression) ast.Expression {
	switch n := e.(type) {
	case *ast.Optional:
		n.Expression = x.chain(n.Expression)
	case *ast.DotExpression:
		n.Left = x.chain(n.Left)
	case *ast.PrivateDotExpression:
		n.Left = x.chain(n.Left)
	case *ast.BracketExpression:
		n.Left, n.Member = x.chain(n.Left), x.expr(n.Member)
	case *ast.CallExpression:
		n.Callee = x.chain(n.Callee)
		x.list(n.ArgumentList)
	default:
		return x.expr(e)
	}
	return e
}

// rest instruments the expressions that stay what they are.
func (x *instrumenter) rest(e ast.Expression) {
	switch n := e.(type) {
	case *ast.ArrayLiteral:
		x.list(n.Value)
	case *ast.SpreadElement:
		n.Expression = x.expr(n.Expression)
	case *ast.SequenceExpression:
		x.list(n.Sequence)
	case *ast.TemplateLiteral:
		if n.Tag != nil {
			n.Tag = x.expr(n.Tag)
		}
		x.list(n.Expressions)
	case *ast.AwaitExpression:
		n.Argument = x.expr(n.Argument)
	case *ast.YieldExpression:
		if n.Argument != nil {
			n.Argument = x.expr(n.Argument)
		}
	case *ast.FunctionLiteral:
		x.function(n)
	case *ast.ArrowFunctionLiteral:
		x.parameters(n.ParameterList)
		x.concise(n.Body)
	case *ast.ClassLiteral:
		x.class(n)
	case *ast.Optional:
		n.Expression = x.expr(n.Expression)
	case *ast.ArrayPattern, *ast.ObjectPattern:
		x.pattern(e)
	}
}

func (x *instrumenter) concise(b ast.ConciseBody) {
	switch b := b.(type) {
	case *ast.BlockStatement:
		x.body(b.List)
	case *ast.ExpressionBody:
		b.Expression = x.expr(b.Expression)
	}
}

func (x *instrumenter) function(n *ast.FunctionLiteral) {
	x.parameters(n.ParameterList)
	if n.Body != nil {
		x.body(n.Body.List)
	}
}

func (x *instrumenter) parameters(l *ast.ParameterList) {
	if l == nil {
		return
	}
	for _, b := range l.List {
		x.pattern(b.Target)
		if b.Initializer != nil {
			b.Initializer = x.expr(b.Initializer)
		}
	}
}

func (x *instrumenter) bindings(l []*ast.Binding) {
	for _, b := range l {
		x.pattern(b.Target)
		if b.Initializer == nil {
			continue
		}
		b.Initializer = x.expr(b.Initializer)
		if id, ok := b.Target.(*ast.Identifier); ok {
			if _, given := x.set[string(id.Name)]; given {
				at := b.Initializer.Idx0()
				b.Initializer = call(opSet, at, text(string(id.Name), at))
			}
		}
		if p, ok := b.Target.(*ast.ArrayPattern); ok {
			b.Initializer = items(b.Initializer, p)
		}
	}
}

// pattern instruments the defaults in a pattern.
func (x *instrumenter) pattern(e ast.Expression) {
	switch n := e.(type) {
	case *ast.ArrayPattern:
		for _, v := range n.Elements {
			x.pattern(v)
		}
	case *ast.ObjectPattern:
		for _, p := range n.Properties {
			switch p := p.(type) {
			case *ast.PropertyShort:
				if p.Initializer != nil {
					p.Initializer = x.expr(p.Initializer)
				}
			case *ast.PropertyKeyed:
				x.pattern(p.Value)
			}
		}
	case *ast.AssignExpression:
		x.pattern(n.Left)
		n.Right = x.expr(n.Right)
	}
}

func (x *instrumenter) class(n *ast.ClassLiteral) {
	if n.SuperClass != nil {
		n.SuperClass = x.expr(n.SuperClass)
	}
	for _, e := range n.Body {
		switch e := e.(type) {
		case *ast.FieldDefinition:
			if e.Initializer != nil {
				e.Initializer = x.expr(e.Initializer)
			}
		case *ast.MethodDefinition:
			x.function(e.Body)
		case *ast.ClassStaticBlock:
			x.body(e.Block.List)
		}
	}
}

// stmt instruments a statement.
func (x *instrumenter) stmt(s ast.Statement) {
	switch n := s.(type) {
	case *ast.BlockStatement:
		x.body(n.List)
	case *ast.ExpressionStatement:
		n.Expression = x.expr(n.Expression)
		if c, ok := n.Expression.(*ast.CallExpression); ok {
			x.statements[c.LeftParenthesis] = true
			x.statements[c.Callee.Idx0()] = true
		}
	case *ast.IfStatement:
		n.Test = x.test(n.Test)
		x.stmt(n.Consequent)
		x.stmt(n.Alternate)
	case *ast.ReturnStatement:
		if n.Argument != nil {
			n.Argument = x.expr(n.Argument)
		}
	case *ast.ThrowStatement:
		n.Argument = x.expr(n.Argument)
	case *ast.VariableStatement:
		x.bindings(n.List)
	case *ast.LexicalDeclaration:
		x.bindings(n.List)
	case *ast.FunctionDeclaration:
		x.function(n.Function)
	case *ast.ClassDeclaration:
		x.class(n.Class)
	case *ast.TryStatement:
		x.body(n.Body.List)
		if n.Catch != nil {
			x.body(n.Catch.Body.List)
		}
		if n.Finally != nil {
			x.body(n.Finally.List)
		}
	case *ast.LabelledStatement:
		x.stmt(n.Statement)
	case *ast.SwitchStatement:
		x.switched(n)
	default:
		x.loop(s)
	}
}

func (x *instrumenter) switched(n *ast.SwitchStatement) {
	n.Discriminant = x.expr(n.Discriminant)
	n.Discriminant = call(opSwitch, n.Discriminant.Idx0(), n.Discriminant)
	for _, c := range n.Body {
		if c.Test != nil {
			c.Test = x.expr(c.Test)
			c.Test = call(opCase, c.Test.Idx0(), c.Test)
		}
		x.body(c.Consequent)
	}
}

func (x *instrumenter) loop(s ast.Statement) {
	switch n := s.(type) {
	case *ast.WhileStatement:
		n.Test = x.test(n.Test)
		x.stmt(n.Body)
	case *ast.DoWhileStatement:
		n.Test = x.test(n.Test)
		x.stmt(n.Body)
	case *ast.ForStatement:
		switch i := n.Initializer.(type) {
		case *ast.ForLoopInitializerExpression:
			i.Expression = x.expr(i.Expression)
		case *ast.ForLoopInitializerVarDeclList:
			x.bindings(i.List)
		case *ast.ForLoopInitializerLexicalDecl:
			x.bindings(i.LexicalDeclaration.List)
		}
		n.Test = x.test(n.Test)
		if n.Update != nil {
			n.Update = x.expr(n.Update)
		}
		x.stmt(n.Body)
	case *ast.ForInStatement:
		n.Source = x.expr(n.Source)
		x.stmt(n.Body)
	case *ast.ForOfStatement:
		n.Source = x.expr(n.Source)
		x.stmt(n.Body)
	}
}
