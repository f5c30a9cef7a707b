package textfmt

import (
	"reflect"
	"strconv"
)

// value prints the next value.
func (p *printer) value(v verb) {
	value := p.next()
	switch v.letter {
	case 'T':
		p.out = append(p.out, reflect.TypeOf(value).String()...)
		return
	case 'w':
		p.wrapped, _ = value.(error)
	}
	p.any(v, value)
}

// any prints a value. An error or a String method counts only for the verbs of texts.
func (p *printer) any(v verb, value any) {
	if v.letter == 's' || v.letter == 'q' || v.letter == 'v' || v.letter == 'w' {
		switch value := value.(type) {
		case nil:
			p.out = append(p.out, "<nil>"...)
			return
		case error:
			p.method(v, value, value.Error)
			return
		case interface{ String() string }:
			p.method(v, value, value.String)
			return
		case []string:
			p.list(v, value)
			return
		case []byte:
			p.string(v, string(value))
			return
		}
	}
	p.kind(v, reflect.ValueOf(value))
}

// method prints what a method returns; <nil> if it fails because its value is a nil pointer.
func (p *printer) method(v verb, value any, text func() string) {
	defer func() {
		caught := recover()
		if caught == nil {
			return
		}
		if r := reflect.ValueOf(value); r.Kind() != reflect.Pointer || !r.IsNil() {
			panic(caught)
		}
		p.out = append(p.out, "<nil>"...)
	}()
	p.string(v, text())
}

// kind prints a value by the kind of its type.
func (p *printer) kind(v verb, value reflect.Value) {
	switch value.Kind() {
	case reflect.String:
		p.string(v, value.String())
	case reflect.Bool:
		p.out = strconv.AppendBool(p.out, value.Bool())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.integer(v, value.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		p.integer(v, int64(value.Uint()))
	case reflect.Float64:
		p.float(v, value.Float())
	default:
		p.out = append(append(append(p.out, '('), value.Type().String()...), ')')
	}
}

func (p *printer) list(v verb, texts []string) {
	p.out = append(p.out, '[')
	for i, text := range texts {
		if i > 0 {
			p.out = append(p.out, ' ')
		}
		p.string(v, text)
	}
	p.out = append(p.out, ']')
}

func (p *printer) string(v verb, text string) {
	if v.letter == 'q' {
		p.out = strconv.AppendQuote(p.out, text)
		return
	}
	p.out = append(p.out, text...)
}

func (p *printer) integer(v verb, n int64) {
	switch v.letter {
	case 'x':
		p.out = strconv.AppendInt(p.out, n, 16)
	case 'X':
		start := len(p.out)
		p.out = strconv.AppendInt(p.out, n, 16)
		for i, c := range p.out[start:] {
			if c >= 'a' {
				p.out[start+i] = c - 'a' + 'A'
			}
		}
	case 'q':
		p.out = strconv.AppendQuoteRune(p.out, rune(n))
	case 'c':
		p.out = append(p.out, string(rune(n))...)
	default:
		p.out = strconv.AppendInt(p.out, n, 10)
	}
}

func (p *printer) float(v verb, f float64) {
	format := byte('g')
	if v.letter == 'f' {
		format = 'f'
		if v.precision < 0 {
			v.precision = 6
		}
	}
	p.out = strconv.AppendFloat(p.out, f, format, v.precision, 64)
}
