package php

import (
	"io/fs"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// fileFunctions are the functions of files; only the files that are given are read.
func fileFunctions() map[string]builtin {
	exists := plain(fileExists)
	return map[string]builtin{
		"file_get_contents":   plain(fileContents),
		"stream_get_contents": plain(func(c *args) value { return c.unknown("") }),
		"file":                plain(fileLines),
		"file_exists":         exists, "is_file": exists, "is_readable": exists, "is_dir": exists,
		"readfile":            plain(func(c *args) value { c.r.write(c.pos, fileContents(c)); return nil }),
		"parse_ini_file":      plain(parseIniFile),
		"parse_ini_string":    plain(func(c *args) value { return parseIni(c, c.text(0)) }),
		"json_decode":         plain(jsonDecode),
		"json_encode":         raw(func(c *args) value { return c.unknown("") }),
		"json_last_error":     plain(func(c *args) value { return c.r.jsonError }),
		"json_last_error_msg": plain(func(c *args) value { return "Syntax error" }),
		"file_put_contents":   raw(func(c *args) value { return c.unknown("") }),
		"fopen":               raw(func(c *args) value { return c.unknown("") }),
		"fwrite":              raw(func(c *args) value { return c.unknown("") }), "fputs": raw(func(c *args) value { return c.unknown("") }),
		"fclose": raw(func(c *args) value { return true }), "fflush": raw(func(c *args) value { return true }),
		"mkdir": raw(func(c *args) value { return c.unknown("") }), "is_writable": raw(func(c *args) value { return c.unknown("") }),
	}
}

// given returns the text of a file that is given.
func (r *run) given(c *args, name string) (text string, ok bool) {
	file, ok := r.find(c.src, name)
	if !ok {
		return "", false
	}
	if file == r.program.main.name {
		return r.program.main.text, true
	}
	b, err := fs.ReadFile(r.program.files, file)
	return string(b), err == nil
}

func fileContents(c *args) value {
	name := c.text(0)
	if fetch.ByteLowercase(name) == "php://input" {
		return c.r.req.Body
	}
	if text, ok := c.r.given(c, name); ok {
		return text
	}
	u := c.r.unknown(c.pos, "the content of "+name, "give it with --file "+name)
	if c.r.statusUnknown == nil {
		c.r.statusUnknown = u.err
	}
	return u
}

func fileLines(c *args) value {
	text, ok := c.r.given(c, c.text(0))
	if !ok {
		return fileContents(c)
	}
	out := new(array)
	flags := c.integer(1, 0)
	for line := range strings.Lines(text) {
		c.r.step(c.pos)
		bare := strings.TrimSuffix(strings.TrimSuffix(line, "\n"), "\r")
		if flags&2 != 0 {
			line = strings.TrimSuffix(line, "\n")
		}
		if flags&4 != 0 && bare == "" {
			continue
		}
		out.append(line)
	}
	return out
}

// fileExists says that a file exists when it is given. A file that is not given does
// not exist when files are given at all.
func fileExists(c *args) value {
	name := c.text(0)
	file, ok := c.r.find(c.src, name)
	if ok {
		return c.word != "is_dir"
	}
	if inside, in := c.r.program.unplace(strings.TrimSuffix(name, "/")); in {
		file = inside
	}
	if c.r.program.files == nil {
		return &unknown{err: c.r.unknownError(c.pos, "whether "+name+" exists", "give it with --file "+name), fails: true}
	}
	if fs.ValidPath(file) && c.word != "is_file" {
		info, err := fs.Stat(c.r.program.files, file)
		return err == nil && info.IsDir()
	}
	return false
}

// parseIniFile is parse_ini_file().
func parseIniFile(c *args) value {
	text, ok := c.r.given(c, c.text(0))
	if !ok {
		return fileContents(c)
	}
	return parseIni(c, text)
}

// iniWords are the words without quotes that have a value of their own.
var iniWords = map[string]string{"true": "1", "on": "1", "yes": "1", "false": "", "off": "", "no": "", "none": "", "null": ""}

// parseIni reads an INI text without sections; a form that is rarer is unknown.
func parseIni(c *args, text string) value {
	if strings.ContainsAny(text, "[$") || c.flag(1) || c.integer(2, 0) != 0 {
		return c.unknown("")
	}
	out := new(array)
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		name, v, found := strings.Cut(line, "=")
		if !found || line[0] == ';' || line[0] == '#' {
			continue
		}
		v = strings.TrimSpace(v)
		if quoted := len(v) > 1 && (v[0] == '"' || v[0] == '\''); quoted {
			end := strings.IndexByte(v[1:], v[0])
			if end < 0 || strings.Contains(v, `\`) {
				return c.unknown("")
			}
			v = v[1 : end+1]
		} else {
			v, _, _ = strings.Cut(v, ";")
			v = strings.TrimSpace(v)
			if strings.ContainsAny(v, "\"'{}|&~!()^") {
				return c.unknown("")
			}
			if word, ok := iniWords[fetch.ByteLowercase(v)]; ok {
				v = word
			}
		}
		out.setText(strings.TrimSpace(name), v)
	}
	return out
}
