package recipe

// nginx is the configuration of nginx, by itself or before another server.
// With "always" answers to errors have the headers too. For other origins the
// variable is empty, and nginx sends no header without a value.
var nginx = form{
	name: "nginx", item: "_", separator: ", ",
	text: `
l|# in http { }
l|map $http_origin $cors_origin {
l|    default "";
l|    "{origin}" "{origin}";
l|}
l|
|# in location { }, together with any other add_header that it needs
l|add_header Access-Control-Allow-Origin $cors_origin always;
l|add_header Vary Origin always;
a|add_header Access-Control-Allow-Origin * always;
c|add_header Access-Control-Allow-Credentials true always;
m|add_header Access-Control-Allow-Methods "{methods}" always;
h|add_header Access-Control-Allow-Headers "{headers}" always;
m|if ($request_method = OPTIONS) {
m|    return 204;
m|}
|# drop what the server behind adds, or it would be there twice
|proxy_hide_header Access-Control-Allow-Origin;
c|proxy_hide_header Access-Control-Allow-Credentials;
`,
}
