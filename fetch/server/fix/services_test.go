package fix_test

// services are the systems of clouds.
var services = []system{
	{name: "ingress-nginx", file: "ingress.yaml", good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: api
  annotations:
    nginx.ingress.kubernetes.io/enable-cors: "true"
    nginx.ingress.kubernetes.io/cors-allow-origin: "https://myapp.com, https://admin.myapp.com"
    nginx.ingress.kubernetes.io/cors-allow-methods: "GET, PUT, POST, DELETE"
    nginx.ingress.kubernetes.io/cors-allow-headers: "Content-Type, Authorization"
    nginx.ingress.kubernetes.io/cors-max-age: "7200"
spec:
  ingressClassName: nginx
  rules:
    - host: api.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: api
                port:
                  number: 80
`, bad: []fault{
		{rule: "wildcard-credentials", from: `"https://myapp.com, https://admin.myapp.com"`, to: `"*"`},
		{rule: "insecure-origin", from: "https://admin.myapp.com", to: "http://myapp.com"},
		{rule: "localhost-in-production", from: "https://admin.myapp.com", to: "http://localhost:3000"},
		{rule: "method-not-allowed-by-policy", from: "GET, PUT, POST, DELETE", to: "GET, POST", call: "PUT"},
		{rule: "request-header-missing", from: "Content-Type, Authorization", to: "Content-Type", call: "GET Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "s3", file: "cors.json", good: `[
  {
    "AllowedOrigins": ["https://myapp.com", "https://admin.myapp.com"],
    "AllowedMethods": ["GET", "PUT", "POST", "DELETE"],
    "AllowedHeaders": ["Content-Type", "Authorization"],
    "MaxAgeSeconds": 7200
  }
]
`, bad: []fault{
		{rule: "insecure-origin", from: "https://admin.myapp.com", to: "http://myapp.com"},
		{rule: "origin-never-matches", from: `"https://myapp.com"`, to: `"https://myapp.com/"`},
		{rule: "any-subdomain", from: "https://admin.myapp.com", to: "https://*.myapp.com", words: true},
		{rule: "origin-blocked", from: `"https://myapp.com"`, to: `"https://www.myapp.com"`},
		{rule: "method-not-allowed-by-policy", from: `"GET", "PUT", "POST", "DELETE"`, to: `"GET", "POST"`, call: "PUT"},
		{rule: "request-header-missing", from: `"Content-Type", "Authorization"`, to: `"Content-Type"`, call: "GET Authorization"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "api-gateway", file: "template.yaml", good: `AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: api
      ProtocolType: HTTP
      CorsConfiguration:
        AllowOrigins:
          - https://myapp.com
          - https://admin.myapp.com
        AllowMethods: [GET, PUT, POST, DELETE]
        AllowHeaders: [content-type, authorization]
        AllowCredentials: true
        MaxAge: 7200
`, bad: []fault{
		{rule: "insecure-origin", from: "https://admin.myapp.com", to: "http://myapp.com"},
		{rule: "origin-blocked", from: "          - https://myapp.com\n"},
		{rule: "method-not-allowed-by-policy", from: "[GET, PUT, POST, DELETE]", to: "[GET, POST]", call: "PUT"},
		{rule: "request-header-missing", from: "[content-type, authorization]", to: "[content-type]", call: "GET Authorization"},
	}},
}
