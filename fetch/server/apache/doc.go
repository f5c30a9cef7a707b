// Package apache reads configurations of the Apache HTTP Server: httpd.conf, files
// of virtual hosts, .htaccess files, and fragments of them.
//
// Read were the documentation of version 2.4
// (https://httpd.apache.org/docs/2.4/) and the source of its branch 2.4.x
// (https://github.com/apache/httpd): server/core.c, server/request.c,
// server/util_script.c, server/util_expr_scan.l, server/util_expr_eval.c,
// modules/http/http_request.c, modules/http/http_protocol.c,
// modules/http/http_filters.c, modules/metadata/mod_headers.c,
// modules/metadata/mod_setenvif.c, modules/metadata/mod_env.c,
// modules/mappers/mod_rewrite.c, modules/mappers/mod_alias.c,
// modules/mappers/mod_dir.c, modules/generators/mod_cgi.c,
// modules/generators/mod_autoindex.c, modules/aaa/mod_authz_core.c,
// modules/aaa/mod_access_compat.c, modules/aaa/mod_auth_basic.c,
// modules/proxy/mod_proxy.c and modules/proxy/mod_proxy_http.c. Answers were compared with version 2.4.71.
// The table of directives (directives.txt) is what its option -L prints.
//
// # What is behind
//
// The header lines of an answer lie in two tables, "onsuccess" and "always". A
// module that answers decides the table of its lines, so that the same Header
// directive replaces a line of a proxied answer and adds a second one to that of a
// CGI program. The reader therefore has to know what answers: files that are in
// [server.Source.Files] under a folder of [server.Source.Placed] are served as they
// are, or run when they are CGI programs of a simple form; other paths are answered
// by a program that sends status 200 and no CORS header. [server.Source.Set] has
// "behind" for something else: "static" (each path is a file) or "none" (nothing is
// there).
package apache
