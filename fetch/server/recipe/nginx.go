package recipe

// nginx is the configuration of nginx, alone or in front of a backend. With
// "always", error responses have the headers too. For other origins the variable
// is empty, and nginx does not send a header that has no value.
var nginx = form{
	name: "nginx", versions: "nginx 1.7.5 and later", comment: "#", item: "_", separator: ", ",
	text: `
l|# in http { }
l|map $http_origin $cors_origin {
l|    default "";
o|    "{origin}" "{origin}";
l|}
l|
|# in location { }; repeat each add_header of the outer blocks here: nginx does not inherit them
l|add_header Access-Control-Allow-Origin $cors_origin always;
l|add_header Vary Origin always;
a|add_header Access-Control-Allow-Origin * always;
c|add_header Access-Control-Allow-Credentials true always;
m|add_header Access-Control-Allow-Methods "{method-values}" always;
h|add_header Access-Control-Allow-Headers "{header-values}" always;
e|add_header Access-Control-Expose-Headers "{exposed-values}" always;
x|add_header Access-Control-Max-Age {max-age} always;
m|if ($request_method = OPTIONS) {
m|    return 204;
m|}
|# remove the backend's own CORS headers, so that no header appears twice
|proxy_hide_header Access-Control-Allow-Origin;
|proxy_hide_header Access-Control-Allow-Credentials;
`,
}
