package php

func arrayFind(c *args) value {
	list := c.arrayOrStop(0)
	if list.unsure != nil {
		return &unknown{err: list.unsure.err}
	}
	all := c.word == "array_all"
	for _, e := range list.list() {
		if c.r.truth(c.r.callValue(c.pos, c.arg(1), e.v, e.key.value())) == all {
			continue
		}
		switch c.word {
		case "array_find":
			return e.v
		case "array_any":
			return true
		}
		return false
	}
	if c.word == "array_find" {
		return nil
	}
	return all
}

func arrayFill(c *args) value {
	out := new(array)
	n := c.integer(1, 0)
	for i := range n {
		c.r.step(c.pos)
		out.set(key{number: c.integer(0, 0) + i}, c.arg(2))
	}
	return out
}

func arraySum(c *args) value {
	var out value = int64(0)
	for _, v := range c.array(0).values() {
		out = c.r.operate(c.pos, "+", out, v)
	}
	return out
}

func phpRange(c *args) value {
	out := new(array)
	if s, ok := c.arg(0).(string); ok && len(s) == 1 && !isDigit(s[0]) && len(c.text(1)) == 1 {
		for ch := int(s[0]); ch <= int(c.text(1)[0]); ch++ {
			out.append(string([]byte{byte(ch)}))
		}
		return out
	}
	from, to, by := c.integer(0, 0), c.integer(1, 0), max(1, c.integer(2, 1))
	for i := from; from <= to && i <= to; i += by {
		c.r.step(c.pos)
		out.append(i)
	}
	for i := from; from > to && i >= to; i -= by {
		c.r.step(c.pos)
		out.append(i)
	}
	return out
}

func extreme(c *args) value {
	list := c.list
	if len(list) == 1 {
		list = c.array(0).values()
	}
	if len(list) == 0 {
		c.r.throw(c.pos, "ValueError", "an element is needed")
	}
	out := list[0]
	for _, v := range list[1:] {
		if n, _ := compare(v, out); n > 0 == (c.word == "max") && n != 0 {
			out = v
		}
	}
	return out
}
