package nginx

import "strings"

// text returns a function that always returns a text.
func text(s string) func(*run) (string, bool) { return func(*run) (string, bool) { return s, true } }

// of returns a variable that is always known.
func of(f func(*run) string) func(*run) (string, bool) {
	return func(r *run) (string, bool) { return f(r), true }
}

// builtins are the variables of nginx whose values follow from the request.
var builtins = map[string]func(*run) (string, bool){
	"uri":          of(func(r *run) string { return r.uri }),
	"document_uri": of(func(r *run) string { return r.uri }),
	"request_uri":  of(func(r *run) string { return r.main.unparsed }),
	"args":         of(func(r *run) string { return r.args }),
	"query_string": of(func(r *run) string { return r.args }),
	"is_args": of(func(r *run) string {
		if r.args != "" {
			return "?"
		}
		return ""
	}),
	"request_method":  of(func(r *run) string { return r.main.method }),
	"request":         of(func(r *run) string { return r.request.Method + " " + r.main.unparsed + " HTTP/1.1" }),
	"server_protocol": text("HTTP/1.1"),
	"scheme": of(func(r *run) string {
		if r.tls {
			return "https"
		}
		return "http"
	}),
	"https": of(func(r *run) string {
		if r.tls {
			return "on"
		}
		return ""
	}),
	"host": of(func(r *run) string {
		if r.host != "" {
			return r.host
		}
		return r.server.firstName()
	}),
	"http_host":            of(func(r *run) string { return r.requestHeader("host") }),
	"http_user_agent":      of(func(r *run) string { return r.requestHeader("user_agent") }),
	"http_referer":         of(func(r *run) string { return r.requestHeader("referer") }),
	"http_via":             of(func(r *run) string { return r.requestHeader("via") }),
	"http_x_forwarded_for": of(func(r *run) string { return r.requestHeader("x_forwarded_for") }),
	"http_cookie":          of(func(r *run) string { return r.requestHeader("cookie") }),
	"content_type":         of(func(r *run) string { return r.requestHeader("content_type") }),
	"content_length":       of(func(r *run) string { return r.requestHeader("content_length") }),
	"server_name":          of(func(r *run) string { return r.server.firstName() }),
	"server_port":          of(func(r *run) string { return r.listen.port }),
	"remote_addr":          of(func(r *run) string { return r.m.client }),
	"realip_remote_addr":   of(func(r *run) string { return r.m.client }),
	"proxy_add_x_forwarded_for": of(func(r *run) string {
		if given := r.requestHeader("x_forwarded_for"); given != "" {
			return given + ", " + r.m.client
		}
		return r.m.client
	}),
	"proxy_host": of(func(r *run) string { return r.proxyHost }),
	"proxy_port": of(func(r *run) string {
		_, port, found := strings.Cut(r.proxyHost, ":")
		if !found {
			return "80"
		}
		return port
	}),
	"status": of(func(r *run) string {
		switch {
		case r.errStatus != 0:
			return itoa(r.errStatus)
		case r.status != 0:
			return itoa(r.status)
		}
		return "000"
	}),
	"upstream_status": of(func(r *run) string {
		if r.upstream == nil {
			return ""
		}
		return itoa(r.upstream.Status)
	}),
	"sent_http_location":      of(func(r *run) string { return r.sentHeader("location") }),
	"sent_http_content_type":  of(func(r *run) string { return r.contentType }),
	"sent_http_cache_control": of(func(r *run) string { return r.sentHeader("cache_control") }),
	"sent_http_link":          of(func(r *run) string { return r.sentHeader("link") }),
	"document_root":           func(r *run) (string, bool) { return r.documentRoot() },
	"realpath_root":           func(r *run) (string, bool) { return r.documentRoot() },
	"request_filename": func(r *run) (string, bool) {
		path, known := r.path()
		return path, known
	},
	"fastcgi_script_name": of(func(r *run) string {
		if strings.HasSuffix(r.uri, "/") {
			return r.uri + r.loc.get("fastcgi_index", "")
		}
		return r.uri
	}),
	"remote_user": func(r *run) (string, bool) {
		given := r.requestHeader("authorization")
		return "", !strings.HasPrefix(given, "Basic ")
	},
	"http2": text(""), "http3": text(""), "limit_rate": text("0"), "pipe": text("."), "proxy_internal_chunked": text(""), "proxy_internal_body_length": of(func(r *run) string { return r.requestHeader("content_length") }),
	"nginx_version": of(func(r *run) string { return r.m.version }),
}

// unknownNames are the variables of nginx whose values do not follow from the
// request.
var unknownNames = words(`ancient_browser binary_remote_addr body_bytes_sent bytes_sent connection connection_requests connection_time
connections_active connections_reading connections_waiting connections_writing date_gmt date_local fastcgi_path_info geoip_area_code geoip_city
geoip_city_continent_code geoip_city_country_code geoip_city_country_code3 geoip_city_country_name geoip_country_code geoip_country_code3
geoip_country_name geoip_dma_code geoip_latitude geoip_longitude geoip_org geoip_postal_code geoip_region geoip_region_name gzip_ratio hostname
limit_conn_status limit_req_status modern_browser msec msie pid proxy_protocol_addr proxy_protocol_port proxy_protocol_server_addr
proxy_protocol_server_port realip_remote_port remote_port request_body request_body_file request_completion request_id request_length
request_port request_time secure_link secure_link_expires sent_http_connection sent_http_content_length sent_http_keep_alive
sent_http_last_modified sent_http_transfer_encoding server_addr slice_range ssl_alpn_protocol ssl_cipher ssl_ciphers ssl_client_cert
ssl_client_escaped_cert ssl_client_fingerprint ssl_client_i_dn ssl_client_i_dn_legacy ssl_client_raw_cert ssl_client_s_dn ssl_client_s_dn_legacy
ssl_client_serial ssl_client_v_end ssl_client_v_remain ssl_client_v_start ssl_client_verify ssl_curve ssl_curves ssl_early_data ssl_protocol
ssl_server_name ssl_session_id ssl_session_reused tcpinfo_rcv_space tcpinfo_rtt tcpinfo_rttvar tcpinfo_snd_cwnd time_iso8601 time_local uid_got
uid_reset uid_set upstream_addr upstream_bytes_received upstream_bytes_sent upstream_cache_etag upstream_cache_last_modified
upstream_cache_status upstream_connect_time upstream_header_time upstream_response_length upstream_response_time`)

// words returns the words of a text as a set.
func words(s string) map[string]bool {
	out := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}
