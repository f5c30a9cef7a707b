package caddy

import (
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// proxyOptions are options of reverse_proxy that do not change the compared answers.
var proxyOptions = []string{
	"lb_policy", "lb_try_duration", "lb_try_interval", "lb_retries", "health_uri", "health_port", "health_interval", "health_timeout", "health_status",
	"health_body", "health_headers", "fail_duration", "max_fails", "unhealthy_request_count", "flush_interval", "buffer_requests", "buffer_responses",
	"max_buffer_size", "trusted_proxies", "transport", "request_buffers", "response_buffers", "stream_timeout", "stream_close_delay",
	"env", "split", "index", "root", "resolve_root_symlink", "dial_timeout", "read_timeout", "write_timeout", "capture_stderr",
}

// proxy reads reverse_proxy and php_fastcgi.
func (b *builder) proxy(s *segment, args []token) (handler, error) {
	upstreams := texts(args)
	up, down := &headerOps{}, &headerOps{}
	for _, o := range s.block {
		list := texts(o.args)
		switch o.name.text {
		case "to":
			upstreams = append(upstreams, list...)
		case "header_up", "header_down":
			to := up
			up.pos = o.name.pos
			if o.name.text == "header_down" {
				to = down
				to.pos, to.text = o.name.pos, line(o)
			}
			if len(list) == 0 || len(list) > 3 {
				return nil, start(o.name.pos, "Wrong argument count or unexpected line ending after '%s'", o.name.text)
			}
			list[0] = strings.TrimSuffix(list[0], ":")
			if err := to.read(b, o.name.pos, list); err != nil {
				return nil, err
			}
		case "handle_response", "replace_status":
		case "dynamic", "rewrite", "method", "unhealthy_status", "unhealthy_latency", "lb_retry_match", "try_files":
			return nil, refuse(o.name.pos, "option "+o.name.text+" of "+s.name.text+" is not modelled", "")
		default:
			if !strings.HasPrefix(o.name.text, "@") && !slices.Contains(proxyOptions, o.name.text) {
				return nil, start(o.name.pos, "unrecognized subdirective %s", o.name.text)
			}
		}
	}
	if len(upstreams) == 0 {
		return nil, refuse(s.name.pos, "reverse_proxy without an address is not modelled", "")
	}
	handlers, err := b.responseHandlers(s.block)
	if err != nil {
		return nil, err
	}
	address := addressOf(upstreams[0])
	backend, assumed := b.backend(address)
	if assumed {
		b.model.Assumptions = append(b.model.Assumptions, server.Assumption{Position: s.name.pos, Text: "the server at " + address + " answers " + server.AssumedBackendText})
	}
	b.model.Routes = append(b.model.Routes, server.Route{Position: s.name.pos, Path: line(s)})
	return func(x *exchange, w *writer, after next) error {
		x.decide(s.name.pos, "", line(s))
		host, port, _ := strings.Cut(address, ":")
		for name, value := range map[string]string{"address": address, "hostport": address, "host": host, "port": port} {
			x.values["http.reverse_proxy.upstream."+name] = value
		}
		r, err := x.forward(backend, up)
		if r == nil {
			return err
		}
		r.down = down
		return x.handle(r, handlers, w, after)
	}, nil
}

// backend returns the server at an address.
func (b *builder) backend(address string) (server.Answerer, bool) {
	others := []string{address}
	if rest, ok := strings.CutPrefix(address, "localhost:"); ok {
		others = append(others, "127.0.0.1:"+rest)
	}
	if rest, ok := strings.CutPrefix(address, "127.0.0.1:"); ok {
		others = append(others, "localhost:"+rest)
	}
	for _, a := range others {
		for _, behind := range b.src.Behind {
			if behind.Address == a {
				return behind.Server, false
			}
		}
	}
	return b.src.BehindAt(address)
}

// hopByHop are the header lines that a proxy does not pass on.
var hopByHop = []string{"connection", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding", "upgrade", "proxy-connection"}

// forward passes the request to a backend and returns its response; nil when there is
// none.
func (x *exchange) forward(backend server.Answerer, up *headerOps) (*upstreamResponse, error) {
	if backend == nil {
		return nil, &failure{status: 502}
	}
	in := headers{rows: slices.Clone(x.in.rows)}
	up.apply(x, &in)
	req := &server.Request{Method: x.method, Target: x.target(), Body: x.req.Body}
	host := x.hostPort
	if set := in.values("Host"); len(set) > 0 {
		host = set[0]
	}
	req.Header = append(req.Header, fetch.Header{Name: "Host", Value: host})
	for _, h := range in.rows {
		if l := fetch.ByteLowercase(h.Name); l != "host" && !slices.Contains(hopByHop, l) {
			req.Header = append(req.Header, h)
		}
	}
	a, err := backend.Answer(x.ctx, req)
	if errors.Is(err, fetch.ErrNoAnswer) {
		return nil, &failure{status: 502}
	}
	if u, ok := errors.AsType[*server.UnknownError](err); ok {
		x.unknown = u
		return nil, nil
	}
	if err != nil {
		return nil, &failure{status: 502}
	}
	var got headers
	for _, h := range a.Header {
		if !slices.Contains(hopByHop, fetch.ByteLowercase(h.Name)) {
			got.add(h.Name, h.Value)
		}
	}
	x.decided = append(x.decided, a.Decided...)
	return &upstreamResponse{status: a.Status, header: got, body: a.Body, statusUnknown: a.StatusUnknown}, nil
}
