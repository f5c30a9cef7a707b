package php

import (
	"path"
	"strings"

	"github.com/corsim/corsim/fetch"
)

// constants are the constants of PHP.
var constants = map[string]value{
	"PHP_URL_SCHEME": int64(0), "PHP_URL_HOST": int64(1), "PHP_URL_PORT": int64(2), "PHP_URL_USER": int64(3),
	"PHP_URL_PASS": int64(4), "PHP_URL_PATH": int64(5), "PHP_URL_QUERY": int64(6), "PHP_URL_FRAGMENT": int64(7),
	"PHP_EOL": "\n", "DIRECTORY_SEPARATOR": "/", "PATH_SEPARATOR": ":", "PHP_OS": "Linux", "PHP_OS_FAMILY": "Linux",
	"PHP_INT_MAX": int64(1<<63 - 1), "PHP_INT_MIN": int64(-1 << 63), "PHP_INT_SIZE": int64(8), "PHP_SAPI": "cli-server",
	"E_ALL": int64(32767), "E_ERROR": int64(1), "E_WARNING": int64(2), "E_PARSE": int64(4), "E_NOTICE": int64(8),
	"E_STRICT": int64(2048), "E_DEPRECATED": int64(8192), "E_USER_ERROR": int64(256), "E_USER_WARNING": int64(512),
	"E_USER_NOTICE": int64(1024), "E_USER_DEPRECATED": int64(16384), "E_RECOVERABLE_ERROR": int64(4096),
	"E_CORE_ERROR": int64(16), "E_COMPILE_ERROR": int64(64),
	"JSON_PRETTY_PRINT": int64(128), "JSON_UNESCAPED_SLASHES": int64(64), "JSON_UNESCAPED_UNICODE": int64(256),
	"JSON_THROW_ON_ERROR": int64(4194304), "JSON_ERROR_NONE": int64(0), "JSON_NUMERIC_CHECK": int64(32),
	"JSON_PRESERVE_ZERO_FRACTION": int64(1024), "JSON_ERROR_SYNTAX": int64(4), "JSON_INVALID_UTF8_SUBSTITUTE": int64(2097152),
	"JSON_HEX_TAG": int64(1), "JSON_HEX_QUOT": int64(8), "JSON_HEX_AMP": int64(2), "JSON_HEX_APOS": int64(4),
	"JSON_PARTIAL_OUTPUT_ON_ERROR": int64(512), "JSON_FORCE_OBJECT": int64(16), "JSON_OBJECT_AS_ARRAY": int64(1),
	"FILTER_VALIDATE_BOOLEAN": int64(258), "FILTER_VALIDATE_BOOL": int64(258), "FILTER_VALIDATE_INT": int64(257),
	"FILTER_VALIDATE_URL": int64(273), "FILTER_VALIDATE_EMAIL": int64(274), "FILTER_DEFAULT": int64(516),
	"FILTER_SANITIZE_URL": int64(518), "FILTER_SANITIZE_SPECIAL_CHARS": int64(515), "FILTER_SANITIZE_FULL_SPECIAL_CHARS": int64(522),
	"FILTER_SANITIZE_STRING": int64(513), "FILTER_NULL_ON_FAILURE": int64(134217728), "FILTER_VALIDATE_DOMAIN": int64(277),
	"INPUT_GET": int64(1), "INPUT_POST": int64(0), "INPUT_SERVER": int64(5), "INPUT_COOKIE": int64(2), "INPUT_ENV": int64(4),
	"ARRAY_FILTER_USE_KEY": int64(2), "ARRAY_FILTER_USE_BOTH": int64(1), "COUNT_RECURSIVE": int64(1),
	"PREG_SPLIT_NO_EMPTY": int64(1), "PREG_SET_ORDER": int64(2), "PREG_PATTERN_ORDER": int64(1), "PREG_OFFSET_CAPTURE": int64(256),
	"ENT_QUOTES": int64(3), "LC_ALL": int64(6), "STR_PAD_LEFT": int64(0), "STR_PAD_RIGHT": int64(1),
	"FILE_IGNORE_NEW_LINES": int64(2), "FILE_SKIP_EMPTY_LINES": int64(4), "FILE_APPEND": int64(8), "LOCK_EX": int64(2),
	"PATHINFO_EXTENSION": int64(4), "PATHINFO_BASENAME": int64(2), "PATHINFO_FILENAME": int64(8), "PATHINFO_DIRNAME": int64(1),
	"SORT_REGULAR": int64(0), "SORT_STRING": int64(2), "SORT_NUMERIC": int64(1), "M_PI": 3.141592653589793,
	"EXTR_OVERWRITE": int64(0), "EXTR_SKIP": int64(1), "INI_SCANNER_TYPED": int64(2),
	"CASE_LOWER": int64(0), "CASE_UPPER": int64(1), "MB_CASE_TITLE": int64(2),
	"DATE_ATOM": `Y-m-d\TH:i:sP`, "DATE_ISO8601": `Y-m-d\TH:i:sO`,
}

func (x *name) eval(r *run) value {
	switch word := fetch.ByteLowercase(strings.TrimPrefix(x.text, `\`)); word {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	case "php_version", "php_version_id", "php_major_version", "php_minor_version":
		return r.program.versionConstant(word)
	case "__dir__":
		return path.Dir(r.program.place(x.src.name))
	case "__file__":
		return r.program.place(x.src.name)
	case "__line__":
		return int64(x.position().Line)
	case "__function__", "__method__":
		return r.frame.name
	case "__class__":
		if r.frame.class != nil {
			return r.frame.class.name
		}
		return ""
	case "__namespace__":
		return ""
	}
	last := lastPart(x.text)
	if v, ok := r.consts[last]; ok {
		share(v)
		return v
	}
	if v, ok := constants[last]; ok {
		return v
	}
	if v, ok := r.program.set[last]; ok {
		return v
	}
	if r.notGiven == nil && !extension(last) {
		r.throw(x.pos, "Error", "Undefined constant \""+x.text+"\"")
	}
	return r.unknown(x.pos, "the constant "+last, "give it with --set "+last+"=…")
}

// extension reports whether a constant can be one of PHP or of an extension that is
// not in the table.
func extension(name string) bool {
	prefix, _, ok := strings.Cut(name, "_")
	return ok && prefix == strings.ToUpper(prefix)
}
