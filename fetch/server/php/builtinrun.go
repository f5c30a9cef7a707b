package php

import (
	"strings"

	"github.com/corsim/corsim/fetch"
)

// runFunctions are the functions about the run of the program itself.
func runFunctions() map[string]builtin {
	nothing := raw(func(*args) value { return nil })
	yes := raw(func(*args) value { return true })
	return map[string]builtin{
		"error_reporting": raw(func(*args) value { return int64(32767) }), "set_time_limit": yes, "ignore_user_abort": nothing,
		"date_default_timezone_set": yes, "mb_internal_encoding": yes, "mb_http_output": yes, "setlocale": yes, "libxml_use_internal_errors": yes,
		"error_log": yes, "syslog": yes, "usleep": nothing, "sleep": raw(func(*args) value { return int64(0) }), "gc_collect_cycles": nothing,
		"opcache_reset": yes, "session_name": raw(func(c *args) value { c.r.renamed = true; return "PHPSESSID" }), "session_set_cookie_params": yes, "session_regenerate_id": yes, "session_write_close": yes,
		"session_destroy": yes, "session_id": raw(func(c *args) value { return c.unknown("") }), "session_status": raw(func(c *args) value { return c.unknown("") }),
		"ini_set": plain(iniSet), "ini_get": plain(iniGet),
		"trigger_error":     plain(func(c *args) value { c.r.warn(c.pos, c.text(0)); return true }),
		"set_error_handler": raw(func(c *args) value { c.r.errorHandler = c.arg(0); return nil }), "restore_error_handler": yes,
		"set_exception_handler":      raw(func(c *args) value { c.r.exceptionHandler = c.arg(0); return nil }),
		"register_shutdown_function": raw(func(c *args) value { c.r.shutdown = append(c.r.shutdown, c.arg(0)); return nil }),
		"spl_autoload_register": raw(func(c *args) value {
			if c.has(0) {
				c.r.autoload = append(c.r.autoload, c.arg(0))
			}
			return true
		}),
		"getenv": raw(getEnv), "putenv": raw(putEnv),
		"call_user_func": raw(func(c *args) value { return c.r.callValue(c.pos, c.arg(0), c.list[min(1, len(c.list)):]...) }),
		"call_user_func_array": raw(func(c *args) value {
			return c.r.callValue(c.pos, c.arg(0), c.arrayOrStop(1).values()...)
		}),
		"func_get_args": plain(func(c *args) value { return newArray(c.r.frame.args...) }),
		"func_num_args": plain(func(c *args) value { return int64(len(c.r.frame.args)) }),
		"compact":       plain(phpCompact),
		"extract": raw(func(c *args) value {
			for _, e := range c.arrayOrStop(0).list() {
				c.r.lookup(toString(e.key.value())).v = e.v
			}
			return nil
		}),
		"php_sapi_name": plain(func(*args) value { return "cli-server" }),
		"phpversion":    plain(func(c *args) value { return c.r.program.version.Version }),
		"print_r":       raw(printValue), "var_dump": raw(printValue), "debug_zval_refcount": nothing,
		"sys_get_temp_dir": plain(func(*args) value { return "/tmp" }),
		"version_compare":  plain(versionCompare),
		"error_get_last":   plain(phpLastError),
		"iterator_to_array": plain(func(c *args) value {
			out := new(array)
			c.r.iterate(c.pos, c.arg(0), func(k, v value) bool {
				if c.has(1) && !c.flag(1) {
					out.append(v)
				} else {
					out.set(keyOf(k), v)
				}
				return true
			})
			return out
		}),
		"error_clear_last": raw(func(c *args) value { c.r.lastError = nil; return nil }),
		"assert":           yes, "phpinfo": raw(printValue),
	}
}

// warn calls the error handler of the program, when there is one.
func (r *run) warn(at pos, message string) {
	h := r.errorHandler
	if h == nil {
		r.failed(at, levelWarning, message)
		return
	}
	r.errorHandler = nil
	r.callValue(at, h, int64(2), message, r.program.place(at.src.name), int64(at.position().Line))
	r.errorHandler = h
}

func iniSet(c *args) value {
	name := fetch.ByteLowercase(c.text(0))
	old := c.r.settings[name]
	if name == "session.name" {
		c.r.renamed = true
	}
	if name == "display_errors" {
		c.r.errors = isOn(c.text(1))
	}
	return old
}

func isOn(s string) bool {
	switch fetch.ByteLowercase(s) {
	case "1", "on", "yes", "true", "stdout":
		return true
	}
	return false
}

func iniGet(c *args) value {
	if v, ok := c.r.settings[fetch.ByteLowercase(c.text(0))]; ok {
		return v
	}
	return c.unknown("give it with --set " + c.text(0) + "=…")
}

// getEnv is getenv.
func getEnv(c *args) value {
	if !c.has(0) || c.list[0] == nil {
		out := new(array)
		for name, v := range c.r.env {
			out.setText(name, v)
		}
		if !c.r.program.envComplete {
			out.unsure = c.unknown("")
		}
		return out
	}
	name, ok := c.list[0].(string)
	if !ok {
		return c.unknown("")
	}
	return c.r.envValue(c.pos, name, false)
}

// envValue returns an environment variable, or what stands for one that is not set.
func (r *run) envValue(at pos, name string, unset value) value {
	if v, ok := r.env[name]; ok {
		return v
	}
	if r.program.envComplete {
		return unset
	}
	return r.unknown(at, "the environment variable "+name, "give it with --env "+name+"=…")
}

func putEnv(c *args) value {
	v := c.arg(0)
	u, isUnknown := v.(*unknown)
	text := ""
	if isUnknown {
		text = u.prefix
	} else {
		text = toString(v)
	}
	name, s, ok := strings.Cut(text, "=")
	if isUnknown {
		delete(c.r.env, name)
		return true
	}
	if !ok {
		delete(c.r.env, name)
		return true
	}
	c.r.env[name] = s
	return true
}

func phpCompact(c *args) value {
	out := new(array)
	for _, v := range c.list {
		names := []value{v}
		if a, ok := v.(*array); ok {
			names = a.values()
		}
		for _, n := range names {
			if slot := c.r.existing(toString(n)); slot != nil {
				share(slot.v)
				out.setText(toString(n), slot.v)
			}
		}
	}
	return out
}

// printValue is print_r and var_dump; what they print is not modelled, only that
// they do.
func printValue(c *args) value {
	if c.word == "print_r" && len(c.list) > 1 {
		return c.unknown("")
	}
	c.r.write(c.pos, "…")
	return true
}

func versionCompare(c *args) value {
	a, b := strings.Split(c.text(0), "."), strings.Split(c.text(1), ".")
	n := 0
	for i := 0; i < max(len(a), len(b)) && n == 0; i++ {
		x, y := int64(-1), int64(-1)
		if i < len(a) {
			x = toInt(a[i])
		}
		if i < len(b) {
			y = toInt(b[i])
		}
		n = compareFloats(float64(x), float64(y))
	}
	if !c.has(2) {
		return int64(n)
	}
	ops := map[string]string{"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
	op := c.text(2)
	if full, ok := ops[op]; ok {
		op = full
	}
	return c.r.operate(c.pos, op, int64(n), int64(0))
}
