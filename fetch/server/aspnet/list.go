package aspnet

import "slices"

// listMethod is a method of a list.
func (m *machine) listMethod(at pos, l *list, name string, args []value) value {
	switch name {
	case "ToArray", "ToList", "AsEnumerable", "AsReadOnly", "ToHashSet", "Cast", "OfType":
		return &list{slices.Clone(l.items)}
	case "Add", "AddRange", "Append", "Concat", "Union":
		return m.extended(at, l, name, args)
	case "Clear":
		l.items = nil
		return nil
	case "Contains":
		if len(args) > 0 {
			return m.contains(at, l, args[0])
		}
	case "FirstOrDefault", "First", "SingleOrDefault", "Single":
		if len(args) == 0 && len(l.items) > 0 {
			return l.items[0]
		}
	case "Any", "All", "Where", "Select", "ForEach", "Exists":
		return m.listLambda(at, l, name, args)
	case "Distinct":
		return m.distinct(at, l)
	case "GetValue":
		return m.unknown(at, "the value of a list's GetValue", "")
	}
	return m.unknown(at, "the value of a list's "+name+" (it is not modelled)", "")
}

// maxItems is the greatest length of a list.
const maxItems = 1 << 16

// extended adds items to a list: Add and AddRange change it, the others make another one.
func (m *machine) extended(at pos, l *list, name string, args []value) value {
	if len(args) != 1 {
		return m.unknown(at, "the value of a list's "+name, "")
	}
	more := []value{args[0]}
	if name != "Add" && name != "Append" {
		in, ok := args[0].(*list)
		if ok {
			more = in.items
		} else if unknownIn(args[0]) == nil {
			more[0] = m.unknown(at, "what is added to the list", "")
		}
	}
	if len(l.items)+len(more) > maxItems {
		panic(stops{m.unknownError(at, "a list that is so long", "")})
	}
	if name == "Add" || name == "AddRange" {
		l.items = append(l.items, more...)
		return nil
	}
	return &list{slices.Concat(l.items, more)}
}

// contains reports whether a value is in a list.
func (m *machine) contains(at pos, l *list, v value) value {
	for _, x := range l.items {
		if m.operate(at, "==", x, v) == true {
			return true
		}
	}
	if u := unknownIn(l, v); u != nil {
		return u
	}
	return false
}

// distinct leaves out what is in a list before.
func (m *machine) distinct(at pos, l *list) value {
	out := &list{}
	for _, x := range l.items {
		if m.contains(at, out, x) != true {
			out.items = append(out.items, x)
		}
	}
	return out
}

// listLambda is a method of a list that calls a function for each item.
func (m *machine) listLambda(at pos, l *list, name string, args []value) value {
	if len(args) == 0 {
		return len(l.items) > 0
	}
	out := &list{}
	for _, x := range l.items {
		v := m.apply(at, args[0], []value{x})
		if name == "Select" {
			out.items = append(out.items, v)
			continue
		}
		if u, ok := v.(*unknown); ok {
			return u
		}
		switch {
		case (name == "Any" || name == "Exists") && v == true:
			return true
		case name == "All" && v != true:
			return false
		case name == "Where" && v == true:
			out.items = append(out.items, x)
		}
	}
	switch name {
	case "Any", "Exists":
		return false
	case "All":
		return true
	case "ForEach":
		return nil
	}
	return out
}
