// Package nginx reads configurations of nginx and answers requests as nginx does.
//
// A configuration is read with the rules of nginx's own parser, so that a text that
// nginx refuses is refused with nginx's message. Then each request passes nginx's
// phases: choice of server and location, rewrite, access, try_files, content, error
// pages, and the header filters. A part of a configuration, such as one server or
// one location, is completed, and an assumption says how.
//
// The rules come from nginx's source, version 1.22.1, and what has changed up to
// 1.31.5 (https://github.com/nginx/nginx): src/core/ngx_conf_file.c (syntax),
// src/http/ngx_http_core_module.c (locations, phases), ngx_http_script.c and
// modules/ngx_http_rewrite_module.c (if, set, return, rewrite),
// ngx_http_special_response.c (error pages), ngx_http_upstream.c and
// modules/ngx_http_proxy_module.c (proxies), modules/ngx_http_headers_filter_module.c
// (add_header), modules/ngx_http_map_module.c (map) and the other modules beside
// them. directives.txt lists where each directive may stand and how many
// arguments it takes.
package nginx
