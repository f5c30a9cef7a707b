// Package kubernetes reads Ingress objects for the controller ingress-nginx and
// answers requests as the nginx that it configures; and routes of the Gateway API.
//
// An Ingress with its annotations is turned into a configuration of nginx, which
// package nginx reads. The rules come from the source of the controller, version
// 1.15.0 (https://github.com/kubernetes/ingress-nginx):
// rootfs/etc/nginx/template/nginx.tmpl, internal/ingress/annotations/cors/main.go,
// internal/ingress/controller/controller.go and
// internal/ingress/controller/template/template.go. No controller was run: the
// answers are derived from these files, and the model says so.
//
// Routes of the Gateway API (HTTPRoute with filters of type CORS, RequestHeaderModifier,
// ResponseHeaderModifier and RequestRedirect) and the part of Envoy Gateway's
// SecurityPolicy about CORS are answered as Envoy Gateway does. What the API leaves to the
// implementation, such as the status of a preflight, is not known unless the text or the
// version says that it is Envoy Gateway. The rules come from the comments of
// apis/v1/httproute_types.go, version 1.6.1 (https://github.com/kubernetes-sigs/gateway-api),
// source/extensions/filters/http/cors/cors_filter.cc
// (https://github.com/envoyproxy/envoy), and internal/xds/translator/cors.go and
// internal/gatewayapi/securitypolicy.go (https://github.com/envoyproxy/gateway). No gateway
// was run.
package kubernetes
