// Package caddy reads configurations of the Caddy web server in the form of a
// Caddyfile.
//
// Read were the documentation (https://caddyserver.com/docs/caddyfile) and the source
// of version 2.6.2 (https://github.com/caddyserver/caddy): caddyconfig/caddyfile,
// caddyconfig/httpcaddyfile, modules/caddyhttp, its headers, reverseproxy and
// fileserver.
package caddy
