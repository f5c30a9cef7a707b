package recipe

// apache is the configuration of the Apache HTTP Server. It also works in
// .htaccess. With "always", error responses have the headers too. Headers of the
// backend are in the other table, "onsuccess".
var apache = form{
	name: "Apache", versions: "Apache 2.4", needs: "mod_headers, mod_rewrite and mod_setenvif (a2enmod headers rewrite setenvif)",
	comment: "#", item: "_", separator: ", ", aliases: []string{"httpd", "htaccess", ".htaccess"},
	text: `
|# in <VirtualHost>, <Directory> or .htaccess
l|SetEnvIf Origin "^{origins-regexp}$" CORS_ORIGIN=$0
|# remove the backend's own CORS headers, so that no header appears twice
|Header onsuccess unset Access-Control-Allow-Origin
l|Header always set Access-Control-Allow-Origin "%{CORS_ORIGIN}e" env=CORS_ORIGIN
l|Header always merge Vary Origin
a|Header always set Access-Control-Allow-Origin "*"
|Header onsuccess unset Access-Control-Allow-Credentials
c|Header always set Access-Control-Allow-Credentials "true" env=CORS_ORIGIN
m|Header always set Access-Control-Allow-Methods "{method-values}"
h|Header always set Access-Control-Allow-Headers "{header-values}"
e|Header always set Access-Control-Expose-Headers "{exposed-values}"
x|Header always set Access-Control-Max-Age "{max-age}"
m|RewriteEngine On
m|RewriteCond %{REQUEST_METHOD} =OPTIONS
m|RewriteRule ^ - [R=204,L]
`,
}
