package php

// quietFunctions are functions whose value is not known, and that neither throw nor
// send anything.
func quietFunctions() map[string]builtin {
	out := make(map[string]builtin)
	for _, name := range []string{
		"time", "microtime", "hrtime", "date", "gmdate", "mktime", "strtotime", "checkdate", "uniqid", "rand", "mt_rand", "random_int", "random_bytes",
		"hex2bin", "md5", "sha1", "crc32", "hash", "hash_hmac", "hash_algos", "base64_decode", "password_hash",
		"password_verify", "serialize", "openssl_random_pseudo_bytes", "memory_get_usage", "memory_get_peak_usage",
		"sys_getloadavg", "php_uname", "gethostname", "getmypid", "disk_free_space", "spl_object_id", "spl_object_hash", "debug_backtrace",
		"strip_tags", "stripslashes", "addslashes", "wordwrap", "similar_text", "levenshtein", "soundex", "metaphone", "lcg_value",
		"array_rand", "shuffle", "str_shuffle", "sqrt", "pow", "log", "fmod",
		"date_default_timezone_get", "preg_last_error", "preg_last_error_msg", "iconv", "utf8_encode", "utf8_decode", "mb_convert_encoding",
		"mb_convert_case", "mb_detect_encoding", "mb_check_encoding", "html_entity_decode", "htmlspecialchars_decode", "filemtime", "filesize", "glob", "scandir",
		"unlink", "touch", "opcache_get_status", "ctype_xdigit", "ctype_lower", "ctype_punct", "ip2long", "long2ip", "inet_pton",
		"gethostbyname", "array_multisort", "natsort", "array_walk_recursive", "array_flip_keys", "hexdec", "bindec", "decbin",
		"str_word_count", "ucwords_all", "nl_langinfo", "get_class_methods", "headers_send", "stream_context_create", "array_key_map",
	} {
		out[name] = raw(func(c *args) value {
			u := c.unknown("")
			u.fails = meansError(name)
			return u
		})
	}
	return out
}
