package recipe

// haproxy is the configuration of HAProxy in front of backends. Rules of
// http-after-response see all responses, also those of HAProxy itself.
var haproxy = form{
	name: "HAProxy", versions: "HAProxy 2.2 and later", comment: "#", item: "_", separator: " ",
	text: `
|# in the frontend or listen section, before its other http-request rules
l|http-request set-var(txn.cors_origin) req.hdr(Origin) if { req.hdr(Origin) -m str {origins} }
m|http-request return status 204 if METH_OPTIONS { req.hdr(Access-Control-Request-Method) -m found }
|# remove the backend's own CORS headers, so that no header appears twice
|http-after-response del-header Access-Control-Allow-Origin
|http-after-response del-header Access-Control-Allow-Credentials
l|http-after-response set-header Access-Control-Allow-Origin %[var(txn.cors_origin)] if { var(txn.cors_origin) -m found }
l|http-after-response add-header Vary Origin
c|http-after-response set-header Access-Control-Allow-Credentials true if { var(txn.cors_origin) -m found }
a|http-after-response set-header Access-Control-Allow-Origin *
m|http-after-response set-header Access-Control-Allow-Methods "{method-values}"
h|http-after-response set-header Access-Control-Allow-Headers "{header-values}"
e|http-after-response set-header Access-Control-Expose-Headers "{exposed-values}"
x|http-after-response set-header Access-Control-Max-Age {max-age}
`,
}
