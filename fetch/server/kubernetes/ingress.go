package kubernetes

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// prefix begins the names of the annotations that ingress-nginx reads.
const prefix = "nginx.ingress.kubernetes.io/"

// annotation is one annotation with its position.
type annotation struct {
	text string
	at   server.Position
}

// ingress is an Ingress object.
type ingress struct {
	name        string
	at          server.Position
	annotations map[string]annotation // without the prefix
	rules       []rule
	tls         []string // hosts with a certificate; "" for those of all rules
}

// rule is one path of an Ingress.
type rule struct {
	host, path, kind, service string
	at                        server.Position
}

// modelled are the annotations that become directives of nginx.
var modelled = words(`enable-cors cors-allow-origin cors-allow-methods cors-allow-headers cors-allow-credentials cors-expose-headers cors-max-age
rewrite-target use-regex ssl-redirect force-ssl-redirect configuration-snippet server-snippet whitelist-source-range allowlist-source-range
denylist-source-range permanent-redirect permanent-redirect-code temporal-redirect temporal-redirect-code proxy-body-size app-root
upstream-vhost auth-type auth-realm satisfy`)

// inert are the annotations that do not matter for what is answered.
var inert = words(`proxy-connect-timeout proxy-send-timeout proxy-read-timeout proxy-buffer-size proxy-buffers-number proxy-buffering
proxy-request-buffering proxy-http-version proxy-next-upstream proxy-next-upstream-tries proxy-next-upstream-timeout client-body-buffer-size
affinity affinity-mode affinity-canary-behavior session-cookie-name session-cookie-expires session-cookie-max-age session-cookie-path
session-cookie-samesite session-cookie-secure session-cookie-change-on-failure session-cookie-conditional-samesite-none enable-access-log
enable-rewrite-log limit-rps limit-rpm limit-connections limit-burst-multiplier limit-whitelist limit-rate limit-rate-after load-balance
upstream-hash-by service-upstream connection-proxy-header backend-protocol proxy-ssl-secret proxy-ssl-verify proxy-ssl-server-name
proxy-ssl-name proxy-max-temp-file-size http2-push-preload enable-opentelemetry ssl-ciphers ssl-prefer-server-ciphers auth-secret
auth-secret-type proxy-cookie-domain proxy-cookie-path x-forwarded-prefix preserve-trailing-slash use-port-in-redirects enable-modsecurity
enable-owasp-core-rules modsecurity-transaction-id mirror-target websocket-services`)

func words(s string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// read reads an Ingress object.
func read(v *value) (*ingress, error) {
	in := &ingress{name: v.get("metadata", "name").text, at: v.at, annotations: make(map[string]annotation)}
	for _, f := range v.get("metadata", "annotations").fields {
		name, ok := strings.CutPrefix(f.name, prefix)
		if !ok {
			continue
		}
		if !modelled[name] && !inert[name] {
			return nil, &server.InputError{Position: f.at, Problem: fmt.Sprintf("the annotation %q is not modelled", name), Help: "leave it out if it does not matter"}
		}
		in.annotations[name] = annotation{f.value.text, f.at}
	}
	for _, r := range v.get("spec", "rules").items {
		host := r.get("host").text
		for _, p := range r.get("http", "paths").items {
			in.rules = append(in.rules, readPath(p, host))
		}
	}
	for _, t := range v.get("spec", "tls").items {
		for _, h := range t.get("hosts").items {
			in.tls = append(in.tls, h.text)
		}
	}
	for _, name := range []string{"defaultBackend", "backend"} {
		if b := v.get("spec", name); len(b.fields) > 0 {
			in.rules = append(in.rules, rule{path: "/", kind: "ImplementationSpecific", service: service(b), at: b.at})
		}
	}
	return in, nil
}

func readPath(p *value, host string) rule {
	r := rule{host: host, path: p.get("path").text, kind: p.get("pathType").text, service: service(p.get("backend")), at: p.at}
	if r.path == "" {
		r.path = "/"
	}
	if r.kind == "" {
		r.kind = "ImplementationSpecific"
	}
	return r
}

// service returns the address of a backend, in the current and the old form.
func service(b *value) string {
	name, port := b.get("service", "name").text, b.get("service", "port", "number").text
	if port == "" {
		port = b.get("service", "port", "name").text
	}
	if name == "" {
		name, port = b.get("serviceName").text, b.get("servicePort").text
	}
	if port == "" || strings.Trim(port, "0123456789") != "" {
		port = "80"
	}
	return name + ":" + port
}

// isTrue reports whether an annotation is a true value.
func (in *ingress) isTrue(name string, standard bool) bool {
	a, ok := in.annotations[name]
	switch {
	case !ok:
		return standard
	case slices.Contains([]string{"1", "t", "T", "true", "TRUE", "True"}, a.text):
		return true
	case slices.Contains([]string{"0", "f", "F", "false", "FALSE", "False"}, a.text):
		return false
	}
	return standard
}

// The forms that ingress-nginx accepts; a value in another form counts as absent.
var (
	originsForm = regexp.MustCompile(`^((((([a-z]+://)?(\*\.)?[A-Za-z0-9\-.]*(:\d+)?,?)|null)+)|\*)?$`)
	originForm  = regexp.MustCompile(`^([a-z]+://(\*\.)?[A-Za-z0-9\-.]*(:\d+)?|\*|null)?$`)
	methodsForm = regexp.MustCompile(`^([A-Za-z]+,?\s?)+$`)
	headersForm = regexp.MustCompile(`^[A-Za-z0-9-_, ]*$`)
	exposedForm = regexp.MustCompile(`^(([A-Za-z0-9\-\_]+|\*),?\s?)+$`)
	numberForm  = regexp.MustCompile(`^-?\d+$`)
)

// valid returns an annotation in a form, or else a standard value.
func (in *ingress) valid(name string, form *regexp.Regexp, standard string) annotation {
	a, ok := in.annotations[name]
	if !ok || !form.MatchString(a.text) || a.text == "" && standard != "" {
		return annotation{standard, in.annotations["enable-cors"].at}
	}
	return a
}

// origins returns the origins that are allowed.
func (in *ingress) origins() []string {
	a := in.valid("cors-allow-origin", regexp.MustCompile(`^.*$`), "*")
	text := strings.ReplaceAll(a.text, " ", "")
	if !originsForm.MatchString(text) {
		return []string{"*"}
	}
	var out []string
	for o := range strings.SplitSeq(text, ",") {
		switch {
		case o == "*":
			return []string{"*"}
		case o != "" && originForm.MatchString(o):
			out = append(out, o)
		}
	}
	return out
}
