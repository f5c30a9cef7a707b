package php

import (
	"math"
	"strconv"
	"strings"
)

// format is sprintf.
func (c *args) format() value {
	var b strings.Builder
	f := c.text(0)
	next := 1
	for i := 0; i < len(f); i++ {
		if f[i] != '%' {
			b.WriteByte(f[i])
			continue
		}
		if i++; i < len(f) && f[i] == '%' {
			b.WriteByte('%')
			continue
		}
		d, n := readDirective(f[i:])
		i += n - 1
		at := d.argument
		if at == 0 {
			at = next
			next++
		}
		if !c.has(at) || d.width > maxString || d.precision > 300 {
			c.r.throw(c.pos, "ArgumentCountError", "too few arguments")
		}
		b.WriteString(d.text(c, c.arg(at)))
	}
	return b.String()
}

// directive is one directive of a format.
type directive struct {
	argument   int // 0 for the next one
	left, plus bool
	pad        byte
	width      int
	precision  int // -1 when it is not written
	verb       byte
}

// readDirective reads a directive after its "%"; n is its length.
func readDirective(s string) (d directive, n int) {
	d.pad, d.precision = ' ', -1
	number := func() int {
		from := n
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		return int(min(toInt(s[from:n]), 1<<30))
	}
	if end := strings.IndexByte(s, '$'); end > 0 && strings.Trim(s[:end], "0123456789") == "" {
		d.argument = number()
		n++
	}
	for n < len(s) && strings.IndexByte("-+ 0'", s[n]) >= 0 {
		switch s[n] {
		case '-':
			d.left = true
		case '+':
			d.plus = true
		case '\'':
			n++
			d.pad = (s + " ")[min(n, len(s))]
		default:
			d.pad = s[n]
		}
		n++
	}
	n = min(n, len(s))
	d.width = number()
	if n < len(s) && s[n] == '.' {
		n++
		d.precision = number()
	}
	if n < len(s) {
		d.verb = s[n]
		n++
	}
	return d, n
}

// text returns a value in the form of a directive.
func (d directive) text(c *args, v value) string {
	s := ""
	switch d.verb {
	case 'd', 'i':
		s = d.signed(strconv.FormatInt(toInt(v), 10))
	case 'u':
		s = strconv.FormatUint(uint64(toInt(v)), 10)
	case 'x', 'X', 'o', 'b':
		s = strconv.FormatUint(uint64(toInt(v)), map[byte]int{'x': 16, 'X': 16, 'o': 8, 'b': 2}[d.verb])
		if d.verb == 'X' {
			s = upper(s)
		}
	case 'c':
		return string([]byte{byte(toInt(v))})
	case 'f', 'F', 'e', 'E', 'g', 'G':
		s = d.signed(d.float(toFloat(v)))
	case 's':
		s = c.r.text(c.pos, v)
		if d.precision >= 0 {
			s = s[:min(d.precision, len(s))]
		}
	default:
		c.r.throw(c.pos, "ValueError", "Unknown format specifier")
	}
	return d.padded(s)
}

// float returns a number with six digits after the point, or with the precision.
func (d directive) float(f float64) string {
	precision := d.precision
	if precision < 0 {
		precision = 6
	}
	verb := d.verb
	if verb == 'F' {
		verb = 'f'
	}
	s := strconv.FormatFloat(f, verb, precision, 64)
	// The exponent has no leading zero.
	for _, sign := range []string{"e+0", "e-0", "E+0", "E-0"} {
		s = strings.Replace(s, sign, sign[:2], 1)
	}
	return s
}

func (d directive) signed(s string) string {
	if d.plus && !strings.HasPrefix(s, "-") {
		return "+" + s
	}
	return s
}

// padded fills a text up to the width; zeros are between a sign and the digits.
func (d directive) padded(s string) string {
	missing := d.width - len(s)
	if missing <= 0 {
		return s
	}
	fill := strings.Repeat(string([]byte{d.pad}), missing)
	switch {
	case d.left && d.pad == '0' && d.verb != 's':
		return s + strings.Repeat(" ", missing)
	case d.left:
		return s + fill
	case d.pad == '0' && d.verb != 's' && s != "" && strings.IndexByte("+-", s[0]) >= 0:
		return s[:1] + fill + s[1:]
	}
	return fill + s
}

// rounded rounds a number to a number of places after the point, away from zero in the
// middle.
func rounded(f float64, places int64) float64 {
	places = min(max(places, -15), 15)
	scale := math.Pow(10, math.Abs(float64(places)))
	scaled := f * scale
	if places < 0 {
		scaled = f / scale
	}
	// What is a middle in 15 digits counts as one.
	if near, err := strconv.ParseFloat(strconv.FormatFloat(scaled, 'g', 15, 64), 64); err == nil {
		scaled = near
	}
	if places < 0 {
		return math.Round(scaled) * scale
	}
	return math.Round(scaled) / scale
}
