// Package kubernetes reads Ingress objects for the controller ingress-nginx and
// answers requests as the nginx that it configures.
//
// An Ingress with its annotations is turned into a configuration of nginx, which
// package nginx reads. The rules come from the source of the controller, version
// 1.15.0 (https://github.com/kubernetes/ingress-nginx):
// rootfs/etc/nginx/template/nginx.tmpl, internal/ingress/annotations/cors/main.go,
// internal/ingress/controller/controller.go and
// internal/ingress/controller/template/template.go. No controller was run: the
// answers are derived from these files, and the model says so.
package kubernetes
