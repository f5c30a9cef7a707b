package recipe

// goHTTP is a handler around the handler of a server of package net/http.
var goHTTP = form{
	name: "Go (net/http)", versions: "Go 1.21 and later", needs: `import "net/http" and "slices"`, comment: "//", item: `"_"`, separator: ", ",
	aliases: []string{"golang", "net/http"},
	text: `
|// give the server's handler to withCORS: http.ListenAndServe(address, withCORS(mux))
|func withCORS(next http.Handler) http.Handler {
l|	allowed := []string{{origins}}
|	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
|		h := w.Header()
l|		h.Add("Vary", "Origin")
l|		if origin := r.Header.Get("Origin"); slices.Contains(allowed, origin) {
l|			h.Set("Access-Control-Allow-Origin", origin)
lc|			h.Set("Access-Control-Allow-Credentials", "true")
l|		}
a|		h.Set("Access-Control-Allow-Origin", "*")
e|		h.Set("Access-Control-Expose-Headers", "{exposed-values}")
m|		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
m|			h.Set("Access-Control-Allow-Methods", "{method-values}")
mh|			h.Set("Access-Control-Allow-Headers", "{header-values}")
mx|			h.Set("Access-Control-Max-Age", "{max-age}")
m|			w.WriteHeader(http.StatusNoContent)
m|			return
m|		}
|		next.ServeHTTP(w, r)
|	})
|}
`,
}
