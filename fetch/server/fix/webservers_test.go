package fix_test

const (
	goodNginx = `map $http_origin $cors {
  "https://myapp.com" $http_origin;
  "https://admin.myapp.com" $http_origin;
}
server {
  listen 80;
  server_name api.example.com;
  location /api/ {
    add_header Access-Control-Allow-Origin $cors always;
    add_header Access-Control-Allow-Credentials true always;
    add_header Access-Control-Allow-Methods "GET, POST, PUT, PATCH, DELETE" always;
    add_header Access-Control-Allow-Headers "Content-Type, Authorization" always;
    add_header Access-Control-Max-Age 7200 always;
    add_header Vary Origin always;
    if ($request_method = OPTIONS) {
      return 204;
    }
    proxy_pass http://localhost:3000;
  }
}
`
	goodApache = `SetEnvIf Origin "^https://(myapp\.com|admin\.myapp\.com)$" ORIGIN=$0
Header always set Access-Control-Allow-Origin "%{ORIGIN}e" env=ORIGIN
Header always set Access-Control-Allow-Credentials "true" env=ORIGIN
Header always set Access-Control-Allow-Methods "GET, POST, PUT, PATCH, DELETE"
Header always set Access-Control-Allow-Headers "Content-Type, Authorization"
Header always set Access-Control-Max-Age "7200"
Header always merge Vary Origin
RewriteEngine On
RewriteCond %{REQUEST_METHOD} OPTIONS
RewriteRule ^ - [R=204,L]
`
	goodCaddy = `:80 {
	header {
		Access-Control-Allow-Origin https://myapp.com
		Access-Control-Allow-Credentials true
		Access-Control-Allow-Methods "GET, POST, PUT, PATCH, DELETE"
		Access-Control-Allow-Headers "Content-Type, Authorization"
		Access-Control-Max-Age 7200
	}
	@preflight method OPTIONS
	respond @preflight 204
	reverse_proxy localhost:3000
}
`
	goodHAProxy = `frontend web
  mode http
  bind :80
  http-request return status 204 if METH_OPTIONS
  http-after-response set-header Access-Control-Allow-Origin "https://myapp.com"
  http-after-response set-header Access-Control-Allow-Credentials "true"
  http-after-response set-header Access-Control-Allow-Methods "GET, POST, PUT, PATCH, DELETE"
  http-after-response set-header Access-Control-Allow-Headers "Content-Type, Authorization"
  http-after-response set-header Access-Control-Max-Age "7200"
  default_backend app

backend app
  mode http
  server s1 localhost:3000
`
)

// webServers are the systems that are in front of applications.
var webServers = []system{
	{name: "nginx", kind: "nginx", file: "nginx.conf", good: goodNginx, bad: []fault{
		{rule: "origin-reflected-credentials", from: "$cors always", to: "$http_origin always"},
		{rule: "origin-reflected", from: "$cors always", to: "$http_origin always", and: []string{"    add_header Access-Control-Allow-Credentials true always;\n", ""}},
		{rule: "wildcard-credentials", from: "$cors always", to: "* always"},
		{rule: "wildcard-origin", from: "$cors always", to: "* always", and: []string{"    add_header Access-Control-Allow-Credentials true always;\n", ""}, words: true},
		{rule: "null-origin-credentials", from: `"https://admin.myapp.com"`, to: `"null"`},
		{rule: "origin-prefix-match", from: `"https://myapp.com"`, to: `"~^https://myapp\.com"`},
		{rule: "origin-suffix-match", from: `"https://myapp.com"`, to: `"~myapp\.com$"`},
		{rule: "origin-unescaped-dot", from: `"https://myapp.com"`, to: `"~^https://myapp.com$"`},
		{rule: "insecure-origin", from: `"https://myapp.com"`, to: `"~^https?://myapp\.com$"`},
		{rule: "localhost-in-production", from: `"https://admin.myapp.com"`, to: `"http://localhost:3000"`},
		{rule: "third-party-origin", from: `"https://admin.myapp.com"`, to: `"https://codepen.io"`},
		{rule: "allow-origin-duplicate", from: "    add_header Vary", to: "    add_header Access-Control-Allow-Origin $cors always;\n    add_header Vary"},
		{rule: "origin-never-matches", from: "$cors always", to: "https://myapp.com/ always"},
		{rule: "origin-blocked", from: "$cors always", to: "https://www.myapp.com always"},
		{rule: "vary-missing", from: "    add_header Vary Origin always;\n"},
		{rule: "vary-missing-when-denied", from: "add_header Vary Origin always", to: "add_header Vary $vary always", and: []string{"server {", "map $cors $vary { default Origin; \"\" \"\"; }\nserver {"}},
		{rule: "error-without-cors", from: " always;", to: ";"},
		{rule: "nginx-not-always", from: " always;", to: ";"},
		{rule: "nginx-if-replaces", from: "    add_header Access-Control-Max-Age 7200 always;\n", and: []string{"return 204", "add_header Access-Control-Max-Age 7200 always;\n      return 204"}},
		{rule: "preflight-headers-lost", from: "    add_header Access-Control-Max-Age 7200 always;\n", and: []string{"return 204", "add_header Access-Control-Max-Age 7200 always;\n      return 204"}},
		{rule: "preflight-unhandled", from: "    if ($request_method = OPTIONS) {\n      return 204;\n    }\n"},
		{rule: "preflight-redirected", from: "return 204", to: "return 301 https://www.example.com/", words: true},
		{rule: "preflight-needs-login", from: "return 204", to: "return 401"},
		{rule: "preflight-bad-status", from: "return 204", to: "return 400"},
		{rule: "method-not-allowed-by-policy", from: "GET, POST, PUT, PATCH, DELETE", to: "GET, POST", call: "PUT"},
		{rule: "request-header-missing", from: "Content-Type, Authorization", to: "Content-Type", call: "GET Authorization"},
		{rule: "star-list-with-credentials", from: `"GET, POST, PUT, PATCH, DELETE"`, to: `"*"`},
		{rule: "header-star-authorization", from: `"Content-Type, Authorization"`, to: `"*"`, and: []string{"    add_header Access-Control-Allow-Credentials true always;\n", ""}},
		{rule: "method-lowercase", from: "GET, POST, PUT, PATCH, DELETE", to: "get, post, put, delete"},
		{rule: "method-invalid", from: "GET, POST, PUT, PATCH, DELETE", to: "GET | POST | PUT"},
		{rule: "header-invalid", from: "Content-Type, Authorization", to: "Content-Type | Authorization"},
		{rule: "header-prohibited", from: "Content-Type, Authorization", to: "Content-Type, Cookie, Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "nginx-constant", kind: "nginx", file: "nginx.conf", good: `server {
  add_header Access-Control-Allow-Origin https://myapp.com always;
  add_header Access-Control-Allow-Methods "GET, PUT" always;
  add_header Access-Control-Allow-Headers "Content-Type, Authorization" always;
  location / {
    if ($request_method = OPTIONS) { return 204; }
    proxy_pass http://localhost:3000;
  }
}
`, bad: []fault{
		{rule: "nginx-inheritance-lost", from: "  location / {", to: "  location / {\n    add_header X-Frame-Options DENY always;"},
		{rule: "preflight-unhandled", from: "    if ($request_method = OPTIONS) { return 204; }\n"},
	}},
	{name: "apache", kind: "apache", file: ".htaccess", good: goodApache, bad: []fault{
		{rule: "origin-reflected-credentials", from: `"^https://(myapp\.com|admin\.myapp\.com)$"`, to: `"^(.+)$"`},
		{rule: "origin-prefix-match", from: `)$"`, to: `).*"`},
		{rule: "origin-suffix-match", from: `"^https://(myapp\.com|admin\.myapp\.com)$"`, to: `".*myapp\.com$"`},
		{rule: "origin-unescaped-dot", from: `(myapp\.com|`, to: `(myapp.com|`},
		{rule: "insecure-origin", from: `^https:`, to: `^https?:`},
		{rule: "wildcard-credentials", from: `"%{ORIGIN}e" env=ORIGIN`, to: `"*"`, and: []string{`"true" env=ORIGIN`, `"true"`}},
		{rule: "origin-never-matches", from: `"%{ORIGIN}e" env=ORIGIN`, to: `"https://myapp.com/"`},
		{rule: "allow-origin-duplicate", from: "Header always merge", to: "Header set Access-Control-Allow-Origin \"%{ORIGIN}e\" env=ORIGIN\nHeader always merge"},
		{rule: "apache-both-tables", from: "Header always merge", to: "Header set Access-Control-Allow-Origin \"%{ORIGIN}e\" env=ORIGIN\nHeader always merge"},
		{rule: "vary-missing", from: "Header always merge Vary Origin\n"},
		{rule: "vary-missing-when-denied", from: "Header always merge Vary Origin", to: "Header always merge Vary Origin env=ORIGIN"},
		{rule: "apache-rewrite-document", from: "Header always set", to: "Header set"},
		{rule: "preflight-bad-status", from: "R=204", to: "R=400"},
		{rule: "preflight-redirected", from: "RewriteRule ^ - [R=204,L]", to: "RewriteRule ^ https://www.example.com/ [R=301,L]", words: true},
		{rule: "method-not-allowed-by-policy", from: "GET, POST, PUT, PATCH, DELETE", to: "GET, POST", call: "PUT"},
		{rule: "request-header-missing", from: "Content-Type, Authorization", to: "Content-Type", call: "GET Authorization"},
		{rule: "star-list-with-credentials", from: `"GET, POST, PUT, PATCH, DELETE"`, to: `"*"`},
		{rule: "method-lowercase", from: "GET, POST, PUT, PATCH, DELETE", to: "get, post, put, delete"},
		{rule: "method-invalid", from: "GET, POST, PUT, PATCH, DELETE", to: "GET; POST; PUT"},
		{rule: "header-prohibited", from: "Content-Type, Authorization", to: "Content-Type, Access-Control-Allow-Origin, Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "1 day"},
	}},
	{name: "caddy", kind: "caddy", file: "Caddyfile", good: goodCaddy, bad: []fault{
		{rule: "origin-reflected-credentials", from: "https://myapp.com", to: "{header.Origin}"},
		{rule: "wildcard-credentials", from: "https://myapp.com", to: "*"},
		{rule: "origin-never-matches", from: "https://myapp.com", to: "https://myapp.com/"},
		{rule: "origin-blocked", from: "https://myapp.com", to: "https://www.myapp.com"},
		{rule: "preflight-unhandled", from: "\t@preflight method OPTIONS\n\trespond @preflight 204\n"},
		{rule: "preflight-bad-status", from: "respond @preflight 204", to: "respond @preflight 400"},
		{rule: "preflight-needs-login", from: "respond @preflight 204", to: "respond @preflight 401"},
		{rule: "method-not-allowed-by-policy", from: "GET, POST, PUT, PATCH, DELETE", to: "GET, POST", call: "PUT"},
		{rule: "request-header-missing", from: "Content-Type, Authorization", to: "Content-Type", call: "GET Authorization"},
		{rule: "star-list-with-credentials", from: `"GET, POST, PUT, PATCH, DELETE"`, to: `*`},
		{rule: "max-age-out-of-bounds", from: "7200", to: "99999999"},
	}},
	{name: "haproxy", kind: "haproxy", file: "haproxy.cfg", good: goodHAProxy, bad: []fault{
		{rule: "origin-reflected-credentials", from: `"https://myapp.com"`, to: `"%[var(txn.origin)]"`, and: []string{"  http-request return", "  http-request set-var(txn.origin) req.hdr(Origin)\n  http-request return"}},
		{rule: "wildcard-credentials", from: `"https://myapp.com"`, to: `"*"`},
		{rule: "origin-never-matches", from: "https://myapp.com", to: "HTTPS://myapp.com"},
		{rule: "origin-blocked", from: "https://myapp.com", to: "https://www.myapp.com"},
		{rule: "allow-origin-duplicate", from: "  http-after-response set-header Access-Control-Allow-Credentials", to: "  http-after-response add-header Access-Control-Allow-Origin \"https://myapp.com\"\n  http-after-response set-header Access-Control-Allow-Credentials"},
		{rule: "preflight-bad-status", from: "status 204", to: "status 400"},
		{rule: "method-not-allowed-by-policy", from: "GET, POST, PUT, PATCH, DELETE", to: "GET, POST", call: "PUT"},
		{rule: "request-header-missing", from: "Content-Type, Authorization", to: "Content-Type", call: "GET Authorization"},
		{rule: "star-list-with-credentials", from: `"GET, POST, PUT, PATCH, DELETE"`, to: `"*"`},
		{rule: "max-age-out-of-bounds", from: "7200", to: "99999999"},
	}},
}
