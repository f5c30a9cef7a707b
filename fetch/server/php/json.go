package php

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonDecode is json_decode.
func jsonDecode(c *args) value {
	objects := !c.flag(1) && c.integer(3, 0)&1 == 0
	d := jsontext.NewDecoder(strings.NewReader(c.text(0)), jsontext.AllowDuplicateNames(true))
	v, err := c.jsonValue(d, objects)
	if err == nil && d.PeekKind() != 0 {
		err = errMore
	}
	if err != nil {
		c.r.jsonError = 4
		if c.integer(3, 0)&4194304 != 0 {
			c.r.throw(c.pos, "JsonException", "Syntax error")
		}
		return nil
	}
	c.r.jsonError = 0
	return v
}

type jsonError string

func (e jsonError) Error() string { return string(e) }

const errMore = jsonError("there is more after the value")

func (c *args) jsonValue(d *jsontext.Decoder, objects bool) (value, error) {
	t, err := d.ReadToken()
	if err != nil {
		return nil, err
	}
	c.r.step(c.pos)
	switch t.Kind() {
	case 't', 'f':
		return t.Bool(), nil
	case '"':
		return t.String(), nil
	case '0':
		n, _ := numberIn(t.String())
		return n, nil
	case '[':
		out := new(array)
		for d.PeekKind() != ']' {
			v, err := c.jsonValue(d, objects)
			if err != nil {
				return nil, err
			}
			out.append(v)
		}
		_, err := d.ReadToken()
		return out, err
	case '{':
		return c.jsonObject(d, objects)
	}
	return nil, nil
}

func (c *args) jsonObject(d *jsontext.Decoder, objects bool) (value, error) {
	out := new(array)
	for d.PeekKind() != '}' {
		k, err := d.ReadToken()
		if err != nil {
			return nil, err
		}
		name := k.String()
		v, err := c.jsonValue(d, objects)
		if err != nil {
			return nil, err
		}
		out.setText(name, v)
	}
	_, err := d.ReadToken()
	if objects {
		return &object{class: c.r.declared("stdclass"), props: out}, err
	}
	return out, err
}
