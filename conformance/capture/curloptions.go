package capture

import "strings"

// curlOption says how to handle an option of curl. An option without do and
// refused has no effect in a page.
type curlOption struct {
	value   bool // the option has a value
	blind   bool // an expansion of the shell may be in the value
	refused string
	do      func(p *curlParser, value word) error
}

// curlLetters are the short names of options.
var curlLetters = map[rune]string{
	'X': "request", 'H': "header", 'd': "data", 'b': "cookie", 'A': "user-agent", 'e': "referer", 'k': "insecure", 'I': "head",
	'G': "get", 'L': "location", 's': "silent", 'S': "show-error", 'v': "verbose", 'i': "include", 'o': "output", 'm': "max-time",
	'u': "user", 'F': "form", 'T': "upload-file", 'x': "proxy", 'f': "fail", 'g': "globoff", 'w': "write-out", 'c': "cookie-jar",
	'N': "no-buffer", 'D': "dump-header", 'O': "remote-name", '#': "progress-bar", '0': "http1.0", '4': "ipv4", '6': "ipv6", 'E': "cert",
	'B': "use-ascii", 'C': "continue-at", 'J': "remote-header-name", 'K': "config", 'R': "remote-time", 'U': "proxy-user", 'Y': "speed-limit",
	'Z': "parallel", 'a': "append", 'j': "junk-session-cookies", 'n': "netrc", 'p': "proxytunnel", 'q': "disable", 'r': "range", 'y': "speed-time",
	'z': "time-cond", '1': "tlsv1", '2': "sslv2", '3': "sslv3", ':': "next",
}

// curlOptions are the options that change the request, by their long names.
var curlOptions = map[string]curlOption{
	"url":            {value: true, blind: true, do: (*curlParser).setURL},
	"request":        {value: true, do: func(p *curlParser, v word) error { p.method = v.text; return nil }},
	"header":         {value: true, blind: true, do: (*curlParser).header},
	"cookie":         {value: true, blind: true, do: (*curlParser).cookie},
	"user-agent":     {value: true, blind: true, do: func(p *curlParser, v word) error { p.wire.Append("User-Agent", v.text); return nil }},
	"referer":        {value: true, do: (*curlParser).referrer},
	"user":           {value: true, blind: true, do: (*curlParser).user},
	"oauth2-bearer":  {value: true, blind: true, do: func(p *curlParser, v word) error { p.wire.Append("Authorization", "Bearer "+v.text); return nil }},
	"range":          {value: true, do: func(p *curlParser, v word) error { p.wire.Append("Range", "bytes="+v.text); return nil }},
	"data":           {value: true, blind: true, do: (*curlParser).dataOption},
	"data-ascii":     {value: true, blind: true, do: (*curlParser).dataOption},
	"data-binary":    {value: true, blind: true, do: (*curlParser).dataOption},
	"data-raw":       {value: true, blind: true, do: (*curlParser).addData},
	"data-urlencode": {value: true, blind: true, do: (*curlParser).encodedData},
	"url-query":      {value: true, blind: true, do: (*curlParser).urlQuery},
	"json":           {value: true, blind: true, do: (*curlParser).json},
	"form-string":    {value: true, blind: true, do: (*curlParser).literalField},
	"form":           {value: true, blind: true, do: (*curlParser).formField},
	"upload-file":    {value: true, blind: true, do: (*curlParser).uploadFile},
	"head":           {do: func(p *curlParser, _ word) error { p.head = true; return nil }},
	"get":            {do: func(p *curlParser, _ word) error { p.get = true; return nil }},
	"globoff":        {do: func(p *curlParser, _ word) error { p.globOff = true; return nil }},
	"next":           {do: (*curlParser).endRequest},
	"insecure":       {do: noted("curl does not check the certificate (-k); browsers do, and block a request whose certificate they do not trust")},
	"netrc":          {do: noted("the names and passwords of a .netrc file are not read; with one for this server an Authorization header goes along")},
	"netrc-optional": {do: noted("the names and passwords of a .netrc file are not read; with one for this server an Authorization header goes along")},
	"digest":         {do: noted("an Authorization header that script sets is assumed instead of the authentication of curl")},
	"ntlm":           {do: noted("an Authorization header that script sets is assumed instead of the authentication of curl")},
	"negotiate":      {do: noted("an Authorization header that script sets is assumed instead of the authentication of curl")},
	"config":         {value: true, refused: "options in a file are not read"},
	"variable":       {value: true, refused: "variables of curl are not understood"},
	"aws-sigv4":      {value: true, refused: "it signs the request with headers that are not known here: write them with -H"},
	"request-target": {value: true, refused: "a page cannot choose the target apart from the URL"},
	"data-file":      {value: true, refused: "files are not read"},
}

// curlConnection are the options with a value that change how curl reaches the server.
const curlConnection = "abstract-unix-socket cacert capath cert cert-type ciphers connect-to crlfile curves dns-interface dns-ipv4-addr dns-ipv6-addr " +
	"dns-servers doh-url engine happy-eyeballs-timeout-ms interface ipfs-gateway keepalive-time key key-type local-port login-options max-redirs netrc-file noproxy " +
	"pass pinnedpubkey preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile " +
	"proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword " +
	"proxy-tlsuser proxy-user proxy1.0 resolve sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname tls-max tls13-ciphers " +
	"tlsauthtype tlspassword tlsuser unix-socket time-cond continue-at delegation hsts alt-svc etag-compare"

// curlOutput are the options with a value that change what curl does with the answer, or
// how long it tries.
const curlOutput = "connect-timeout cookie-jar create-file-mode dump-header etag-save expect100-timeout libcurl limit-rate max-filesize max-time output " +
	"output-dir parallel-max rate retry retry-delay retry-max-time speed-limit speed-time stderr trace trace-ascii trace-config write-out"

// curlFlags are the options without a value that change nothing for a page: browsers do
// the same anyway, or only curl's output or connection changes.
const curlFlags = "alpn anyauth append basic buffer cert-status clobber compressed create-dirs crlf disable disallow-username-in-url doh-cert-status doh-insecure " +
	"fail fail-early fail-with-body false-start form-escape haproxy-protocol http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only " +
	"ignore-content-length include ipv4 ipv6 junk-session-cookies keepalive location location-trusted no-buffer no-progress-meter parallel " +
	"parallel-immediate path-as-is post301 post302 post303 progress-bar progress-meter proxy-anyauth proxy-basic proxy-digest proxy-insecure proxy-negotiate " +
	"proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all remote-time " +
	"remove-on-error retry-all-errors retry-connrefused sasl-ir sessionid show-error show-headers silent skip-existing ssl ssl-allow-beast ssl-auto-client-cert " +
	"ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 " +
	"tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose xattr"

// findCurlOption returns the option with a long name.
func findCurlOption(name string) (option curlOption, ok bool) {
	if option, ok = curlOptions[name]; ok {
		return option, true
	}
	switch {
	case hasWord(curlConnection, name):
		return curlOption{value: true, blind: true, do: (*curlParser).withoutEffect}, true
	case hasWord(curlOutput, name):
		return curlOption{value: true, blind: true, do: func(*curlParser, word) error { return nil }}, true
	}
	return curlOption{}, hasWord(curlFlags, name)
}

// hasWord reports whether a list of words with blanks between them has a word.
func hasWord(list, name string) bool {
	return name != "" && !strings.Contains(name, " ") && strings.Contains(" "+list+" ", " "+name+" ")
}

// noted returns the function of an option that only has a note.
func noted(text string) func(*curlParser, word) error {
	return func(p *curlParser, _ word) error { p.call.note("%s", text); return nil }
}
