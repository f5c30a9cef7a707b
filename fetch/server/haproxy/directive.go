package haproxy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// inertDirectives do not change what is answered.
var inertDirectives = []string{
	"timeout", "log", "option", "balance", "maxconn", "retries", "log-format", "log-format-sd", "log-tag", "http-check", "default-server", "cookie", "stick-table", "stick",
	"fullconn", "hash-type", "http-reuse", "tcp-check", "backlog", "description", "id", "external-check", "email-alert", "load-server-state-from-file", "server-template",
	"source", "unique-id-format", "unique-id-header", "rate-limit", "max-keep-alive-queue", "grace", "disabled", "enabled", "persist", "dynamic-cookie-key", "clitcpka-cnt", "srvtcpka-cnt", "retry-on", "tcp-response", "force-persist", "ignore-persist", "use-server", "bind-process",
}

// removedDirectives names what replaces the directives that HAProxy had up to 2.0.
var removedDirectives = map[string]string{
	"reqadd": "http-request add-header", "reqallow": "http-request allow", "reqiallow": "http-request allow", "reqdel": "http-request del-header",
	"reqidel": "http-request del-header", "reqdeny": "http-request deny", "reqideny": "http-request deny", "reqirep": "http-request replace-header",
	"reqrep":    "http-request replace-path', 'http-request replace-uri' or 'http-request replace-header",
	"reqtarpit": "http-request tarpit", "reqitarpit": "http-request tarpit", "rspadd": "http-response add-header", "rspdel": "http-response del-header",
	"rspidel": "http-response del-header", "rspdeny": "http-response deny", "rspideny": "http-response deny", "rsprep": "http-response replace-header",
	"rspirep": "http-response replace-header", "block": "http-request deny",
}

// directive compiles one line of a section.
func (c *compiler) directive(s *section, l line) error {
	word, args := l.words[0], l.words[1:]
	if word == "no" && len(args) > 0 {
		return nil
	}
	if len(args) == 0 && !slices.Contains([]string{"enabled", "disabled"}, word) {
		return &server.StartError{Position: l.at, Message: fmt.Sprintf("'%s' expects an argument", word)}
	}
	if s.kind == "defaults" && s.name == "" && strings.HasPrefix(word, "http-") && word != "http-check" && word != "http-reuse" {
		return &server.StartError{Position: l.at, Message: fmt.Sprintf("'%s' not allowed in anonymous 'defaults' section.", word)}
	}
	switch word {
	case "mode":
		s.tcp = args[0] == "tcp"
	case "bind":
		s.bind(args)
	case "acl":
		return c.named(s, args, l.at)
	case "http-request", "http-response", "http-after-response":
		r, err := c.rule(word, args, s, l.at)
		s.rules[word] = append(s.rules[word], r)
		return err
	case "redirect":
		r, err := c.rule("http-request", l.words, s, l.at)
		s.rules["http-request"] = append(s.rules["http-request"], r)
		return err
	case "use_backend":
		return c.useBackend(s, args, l.at)
	case "default_backend":
		s.standard = args[0]
	case "server":
		return c.server(s, args, l.at)
	case "errorfile", "errorfiles", "errorloc", "errorloc302", "errorloc303", "http-error":
		return c.pageDirective(s, word, args, l.at)
	case "monitor-uri":
		s.monitor = args[0]
	case "capture":
		if len(args) > 4 && args[0] == "request" && args[1] == "header" {
			return s.addSlot(args[2], args[3:], l.at)
		}
	case "declare":
		if len(args) > 3 && args[0] == "capture" && args[1] == "request" {
			return s.addSlot("", args[2:], l.at)
		}
	case "compression":
		s.compress = true
	case "stats":
		return c.stats(s, args, l.at)
	case "filter", "http-send-name-header", "tcp-request":
		return c.unusual(word, args, l.at)
	default:
		if instead := removedDirectives[word]; instead != "" {
			return &server.StartError{Position: l.at, Message: fmt.Sprintf("The '%s' directive is not supported anymore since HAProxy 2.1. Use '%s' instead.", word, instead)}
		}
		if !slices.Contains(inertDirectives, word) {
			return &server.StartError{Position: l.at, Message: fmt.Sprintf("unknown keyword '%s' in '%s' section", word, s.kind)}
		}
	}
	return nil
}

// unusual handles directives that can change an answer and are not modelled.
func (c *compiler) unusual(word string, args []string, at server.Position) error {
	if word == "tcp-request" && !slices.Contains(args, "reject") && !slices.ContainsFunc(args, func(w string) bool { return strings.HasPrefix(w, "lua.") }) || word == "filter" && args[0] != "lua" {
		return nil
	}
	return &server.InputError{Position: at, Problem: fmt.Sprintf("%q is not modelled", word), Help: "leave it out if it does not matter"}
}

func (c *compiler) stats(s *section, args []string, at server.Position) error {
	if args[0] == "uri" || args[0] == "enable" {
		c.assume(at, "the page of statistics is not asked for")
	}
	return nil
}

// addSlot adds a place for a captured value; the arguments are "len" and a number.
func (s *section) addSlot(name string, args []string, at server.Position) error {
	n, err := 0, error(nil)
	if args[0] == "len" && len(args) > 1 {
		n, err = strconv.Atoi(args[1])
	}
	if err != nil || n <= 0 {
		return &server.StartError{Position: at, Message: "'capture' expects 'len' and a length"}
	}
	s.captures = append(s.captures, slot{name, n})
	return nil
}

// bind adds the addresses of a bind line.
func (s *section) bind(args []string) {
	tls := slices.Contains(args[1:], "ssl")
	for address := range strings.SplitSeq(args[0], ",") {
		s.binds = append(s.binds, bind{port: address[strings.LastIndexByte(address, ':')+1:], tls: tls})
	}
}

// named adds an ACL with a name; several lines of a name are alternatives.
func (c *compiler) named(s *section, args []string, at server.Position) error {
	if len(args) < 2 {
		return &server.StartError{Position: at, Message: "missing ACL criterion"}
	}
	a, err := c.acl(args[1:], at)
	s.acls[args[0]] = append(s.acls[args[0]], a)
	return err
}

func (c *compiler) useBackend(s *section, args []string, at server.Position) error {
	when, err := c.condition(args[1:], s.acls, at)
	if err != nil {
		return err
	}
	var name *format
	if strings.Contains(args[0], "%[") {
		name, err = c.format(args[0], at)
	}
	s.choices = append(s.choices, choice{args[0], name, when, server.Decision{Position: at, Text: "use_backend " + args[0]}})
	c.model.Routes = append(c.model.Routes, server.Route{Position: at, Path: strings.Join(args, " ")})
	return err
}

// server adds a server line.
func (c *compiler) server(s *section, args []string, at server.Position) error {
	if len(args) < 2 {
		return &server.StartError{Position: at, Message: "'server' expects <name> and <addr>[:<port>] as arguments."}
	}
	if slices.Contains(args, "disabled") {
		return nil
	}
	address := args[1]
	answers, assumed := c.src.BehindAt(address)
	if port, ok := strings.CutPrefix(address, "127.0.0.1:"); assumed && ok {
		answers, assumed = c.src.BehindAt("localhost:" + port)
	} else if port, ok := strings.CutPrefix(address, "localhost:"); assumed && ok {
		answers, assumed = c.src.BehindAt("127.0.0.1:" + port)
	}
	if assumed {
		c.assume(at, "what is behind "+address+": "+server.AssumedBackendText)
	}
	if slices.Contains(args, "check") {
		c.assume(at, "the health checks of the servers succeed")
	}
	s.servers = append(s.servers, backendServer{answers, slices.Contains(args, "backup")})
	return nil
}
