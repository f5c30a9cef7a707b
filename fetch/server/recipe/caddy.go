package recipe

// caddy is the configuration of Caddy, alone or in front of a backend. Headers that
// are set at once, not deferred, are on Caddy's own error responses too.
var caddy = form{
	name: "Caddy", versions: "Caddy 2.6 and later", comment: "#", item: "_", separator: ", ", aliases: []string{"caddyfile"},
	text: `
|# in the block of the site, before its other handle blocks
l|@cors_origin {
o|	header Origin {origin}
l|}
l|header +Vary Origin
l|header @cors_origin Access-Control-Allow-Origin {header.Origin}
c|header @cors_origin Access-Control-Allow-Credentials true
a|header Access-Control-Allow-Origin *
m|header Access-Control-Allow-Methods "{method-values}"
h|header Access-Control-Allow-Headers "{header-values}"
e|header Access-Control-Expose-Headers "{exposed-values}"
x|header Access-Control-Max-Age {max-age}
m|# basic_auth and forward_auth come before this: give them a matcher with "not method OPTIONS"
m|@preflight {
m|	method OPTIONS
m|	header Access-Control-Request-Method *
m|}
m|handle @preflight {
m|	respond 204
m|}
|
|# in reverse_proxy { }, if there is one: remove the backend's own CORS headers, so that no header appears twice
|header_down -Access-Control-Allow-Origin
|header_down -Access-Control-Allow-Credentials
`,
}
