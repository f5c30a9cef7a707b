package ruby

// numberMethod is a method of an integer.
func (m *machine) numberMethod(n int64, c *call) (value, bool) {
	if f, ok := c.arg(0).(float64); ok {
		return m.floatMethod(float64(n), &call{at: c.at, name: c.name, args: []value{f}})
	}
	k, isInt := c.arg(0).(int64)
	switch c.name {
	case "to_i", "to_int", "seconds", "second", "days_of":
		return n, true
	case "minutes", "minute":
		return n * 60, true
	case "hours", "hour":
		return n * 3600, true
	case "days", "day":
		return n * 86400, true
	case "weeks", "week":
		return n * 7 * 86400, true
	case "to_f":
		return float64(n), true
	case "zero?":
		return n == 0, true
	case "positive?":
		return n > 0, true
	case "times":
		for i := range min(n, maxSteps) {
			m.callProc(c.at, c.block, []value{i})
		}
		return n, true
	}
	if !isInt {
		return nil, false
	}
	return m.arithmetic(n, k, c)
}

func (m *machine) arithmetic(n, k int64, c *call) (value, bool) {
	switch c.name {
	case "+":
		return n + k, true
	case "-":
		return n - k, true
	case "*":
		return n * k, true
	case "/", "%":
		if k == 0 {
			m.raise(c.at, "ZeroDivisionError", "divided by 0")
		}
		q := n / k
		if n%k != 0 && (n < 0) != (k < 0) {
			q--
		}
		if c.name == "/" {
			return q, true
		}
		return n - q*k, true
	case "**":
		out := int64(1)
		for range min(k, 62) {
			out *= n
		}
		return out, true
	case "<":
		return n < k, true
	case ">":
		return n > k, true
	case "<=":
		return n <= k, true
	case ">=":
		return n >= k, true
	case "<=>":
		return int64(min(1, max(-1, n-k))), true
	case "between?":
		hi, _ := c.arg(1).(int64)
		return n >= k && n <= hi, true
	}
	return nil, false
}

func (m *machine) floatMethod(f float64, c *call) (value, bool) {
	var g float64
	switch k := c.arg(0).(type) {
	case int64:
		g = float64(k)
	case float64:
		g = k
	}
	switch c.name {
	case "to_i", "floor":
		return int64(f), true
	case "+":
		return f + g, true
	case "-":
		return f - g, true
	case "*":
		return f * g, true
	case "/":
		return f / g, true
	case "<":
		return f < g, true
	case ">":
		return f > g, true
	}
	return nil, false
}
