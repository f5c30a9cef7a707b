package kubernetes

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/yamltext"
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
func read(v *yamltext.Node) (*ingress, error) {
	in := &ingress{name: v.Get("metadata", "name").Text, at: v.At, annotations: make(map[string]annotation)}
	for _, f := range v.Get("metadata", "annotations").Fields {
		name, ok := strings.CutPrefix(f.Name, prefix)
		if !ok {
			continue
		}
		if !modelled[name] && !inert[name] {
			return nil, &server.InputError{Position: f.At, Problem: fmt.Sprintf("the annotation %q is not modelled", name), Help: "leave it out if it does not matter"}
		}
		in.annotations[name] = annotation{f.Value.Text, f.At}
	}
	for _, r := range v.Get("spec", "rules").Items {
		host := r.Get("host").Text
		for _, p := range r.Get("http", "paths").Items {
			in.rules = append(in.rules, readPath(p, host))
		}
	}
	for _, t := range v.Get("spec", "tls").Items {
		for _, h := range t.Get("hosts").Items {
			in.tls = append(in.tls, h.Text)
		}
	}
	for _, name := range []string{"defaultBackend", "backend"} {
		if b := v.Get("spec", name); len(b.Fields) > 0 {
			in.rules = append(in.rules, rule{path: "/", kind: "ImplementationSpecific", service: service(b), at: b.At})
		}
	}
	return in, nil
}

func readPath(p *yamltext.Node, host string) rule {
	r := rule{host: host, path: p.Get("path").Text, kind: p.Get("pathType").Text, service: service(p.Get("backend")), at: p.At}
	if r.path == "" {
		r.path = "/"
	}
	if r.kind == "" {
		r.kind = "ImplementationSpecific"
	}
	return r
}

// service returns the address of a backend, in the current and the old form.
func service(b *yamltext.Node) string {
	name, port := b.Get("service", "name").Text, b.Get("service", "port", "number").Text
	if port == "" {
		port = b.Get("service", "port", "name").Text
	}
	if name == "" {
		name, port = b.Get("serviceName").Text, b.Get("servicePort").Text
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
	anyForm     = regexp.MustCompile(`^.*$`)
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
	a := in.valid("cors-allow-origin", anyForm, "*")
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
