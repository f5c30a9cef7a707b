package spring

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server/syntax"
)

// class is a class of the text. The class of what is outside of all classes has
// the name "".
type class struct {
	name  string
	file  *file
	node  *syntax.Class
	outer *class
}

// collect finds the classes of a file.
func (m *machine) collect(f *file, list []syntax.Stmt, outer *class) {
	for _, st := range list {
		node, ok := st.(*syntax.Class)
		if !ok {
			continue
		}
		c := &class{name: node.Name, file: f, node: node, outer: outer}
		if m.classes[c.name] == nil {
			m.classes[c.name] = c
		}
		m.order = append(m.order, c)
		m.collect(f, node.Body, c)
	}
}

// loose gathers the members that are outside of all classes of a file.
func (m *machine) loose(f *file) *class {
	node := &syntax.Class{Kind: "class"}
	for _, st := range f.Body {
		switch st := st.(type) {
		case *syntax.Func:
			node.Body = append(node.Body, st)
		case *syntax.Assign:
			if len(st.Decorators)+len(st.Modifiers) > 0 {
				node.Body = append(node.Body, st)
			}
		}
	}
	if len(node.Body) == 0 {
		return nil
	}
	c := &class{file: f, node: node}
	m.classes[""] = c
	m.order = append(m.order, c)
	return c
}

// funcs returns the methods of the class itself.
func (c *class) funcs() []*syntax.Func {
	var out []*syntax.Func
	for _, st := range c.node.Body {
		if fn, ok := st.(*syntax.Func); ok {
			out = append(out, fn)
		}
	}
	return out
}

// method returns a method of the class or of a class above it.
func (c *class) method(m *machine, name string, args int) (*syntax.Func, *file) {
	for range maxDepth {
		for _, fn := range c.funcs() {
			if fn.Name == name && fits(fn, args) && fn.Body != nil {
				return fn, c.file
			}
		}
		above := c.above(m)
		if above == nil {
			break
		}
		c = above
	}
	return nil, nil
}

// fits reports whether a method can be called with a number of arguments.
func fits(fn *syntax.Func, args int) bool {
	n := len(fn.Params)
	return n == args || n > 0 && fn.Params[n-1].Star > 0 && args >= n-1
}

// above returns the class that the class extends, if it is in the text.
func (c *class) above(m *machine) *class {
	for _, b := range c.node.Bases {
		if n, ok := b.Value.(*syntax.Name); ok {
			if up := m.classes[baseName(n.Text)]; up != nil && up != c {
				return up
			}
		}
	}
	return nil
}

// constructor returns the constructor with a number of parameters; -1 for the first
// with parameters.
func (c *class) constructor(args int) (*syntax.Func, *file) {
	for _, fn := range c.funcs() {
		if fn.Name == c.name && fn.Type == "" && (fits(fn, args) || args < 0 && len(fn.Params) > 0) {
			return fn, c.file
		}
	}
	return nil, nil
}

// extends reports whether the class names one of some types as a base.
func (c *class) extends(names ...string) bool {
	return slices.ContainsFunc(c.node.Bases, func(b syntax.Arg) bool {
		n, ok := b.Value.(*syntax.Name)
		return ok && slices.Contains(names, baseName(n.Text))
	})
}

// annotated returns the first of some annotations of the class; nil when it has none.
func (c *class) annotated(names ...string) syntax.Expr {
	return findAnnotation(c.node.Decorators, names...)
}

// findAnnotation returns the first of some annotations in a list.
func findAnnotation(list []syntax.Expr, names ...string) syntax.Expr {
	for _, x := range list {
		if slices.Contains(names, annotationName(x)) {
			return x
		}
	}
	return nil
}

// annotationName returns the name of an annotation.
func annotationName(x syntax.Expr) string {
	switch x := x.(type) {
	case *syntax.Name:
		return x.Text
	case *syntax.Call:
		return pathOf(x.Fun)
	}
	return ""
}

// annotationArgs returns the elements of an annotation with some names; "value" is
// also the name of the only one that has none.
func annotationArgs(x syntax.Expr, names ...string) []syntax.Expr {
	call, ok := x.(*syntax.Call)
	if !ok {
		return nil
	}
	var out []syntax.Expr
	for _, a := range call.Args {
		name := a.Name
		if name == "" {
			name = "value"
		}
		if slices.Contains(names, name) {
			out = append(out, a.Value)
		}
	}
	return out
}

// componentAnnotations are those that make a class a bean.
var componentAnnotations = []string{
	"Configuration", "Component", "Service", "Repository", "Controller", "RestController", "SpringBootApplication", "SpringBootConfiguration",
	"AutoConfiguration", "ControllerAdvice", "RestControllerAdvice", "ConfigurationProperties", "TestConfiguration", "WebFilter", "EnableAutoConfiguration",
	"RepositoryRestController", "BasePathAwareController", "RestControllerEndpoint",
}

// plainAnnotations are those that do not make a class a bean.
var plainAnnotations = []string{
	"EnableWebMvc", "EnableWebSecurity", "EnableWebFlux", "EnableMethodSecurity", "EnableGlobalMethodSecurity", "Order", "Slf4j", "Log4j2", "RequiredArgsConstructor",
	"AllArgsConstructor", "NoArgsConstructor", "Data", "Getter", "Setter", "SuppressWarnings", "Deprecated", "Override", "Profile", "Lazy", "Generated", "PropertySource",
}

// isBean reports whether the class is a bean of the application: it has an annotation
// that makes it one, or one that is not known. A class in a part of a text that was
// printed without its beginning counts as one.
func (m *machine) isBean(c *class) bool {
	for _, x := range c.node.Decorators {
		name := annotationName(x)
		if slices.Contains(componentAnnotations, name) || !slices.Contains(plainAnnotations, name) {
			return true
		}
	}
	if c.annotated("EnableWebSecurity") != nil && !m.version.atLeast(6, 0) {
		return true // it holds @Configuration there
	}
	for _, f := range m.files {
		if strings.Contains(f.Text, c.name+".class") || strings.Contains(f.Text, "new "+c.name+"(") {
			return true
		}
	}
	return !hasPrologue(c.file)
}

// hasPrologue reports whether a file has imports or a package.
func hasPrologue(f *file) bool {
	return slices.ContainsFunc(f.Body, func(st syntax.Stmt) bool { _, ok := st.(*syntax.Import); return ok })
}
