package recipe

// apache is the configuration of the Apache HTTP Server. It also works in
// .htaccess. With "always", error responses have the headers too. Headers of the
// backend are in the other table, "onsuccess".
var apache = form{
	name: "Apache", item: "_", separator: ", ",
	text: `
l|SetEnvIf Origin "^{origin-regexp}$" CORS_ORIGIN=$0
|# remove the backend's own CORS headers, so that no header appears twice
|Header onsuccess unset Access-Control-Allow-Origin
l|Header always set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN
l|Header always merge Vary Origin
a|Header always set Access-Control-Allow-Origin "*"
c|Header onsuccess unset Access-Control-Allow-Credentials
c|Header always set Access-Control-Allow-Credentials "true" env=CORS_ORIGIN
m|Header always set Access-Control-Allow-Methods "{methods}"
h|Header always set Access-Control-Allow-Headers "{headers}"
m|RewriteEngine On
m|RewriteCond %{REQUEST_METHOD} =OPTIONS
m|RewriteRule ^ - [R=204,L]
`,
}
