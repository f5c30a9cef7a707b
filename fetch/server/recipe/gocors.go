package recipe

// goRSCORS is the configuration of github.com/rs/cors around a handler.
var goRSCORS = form{
	name: "Go (rs/cors)", versions: "github.com/rs/cors 1.11", needs: "go get github.com/rs/cors", comment: "//", item: `"_"`, separator: ", ",
	aliases: []string{"rs/cors"},
	text: `
|// around the server's handler: http.ListenAndServe(address, handler)
|handler := cors.New(cors.Options{
` + goOptions + `
|}).Handler(mux)
`,
}

// goChi is the configuration of chi with github.com/go-chi/cors.
var goChi = form{
	name: "Go (chi)", versions: "chi 5 with github.com/go-chi/cors 1.2", needs: "go get github.com/go-chi/cors", comment: "//", item: `"_"`, separator: ", ",
	aliases: []string{"go-chi"},
	text: `
|// on the outermost router, before its routes and before authentication
|r.Use(cors.Handler(cors.Options{
` + goOptions + `
|}))
`,
}

// goOptions are the options of github.com/rs/cors, which go-chi/cors has too.
const goOptions = `
l|	AllowedOrigins: []string{{origins}},
a|	AllowedOrigins: []string{"*"},
m|	AllowedMethods: []string{{methods}},
h|	AllowedHeaders: []string{{headers}},
e|	ExposedHeaders: []string{{exposed}},
c|	AllowCredentials: true,
x|	MaxAge: {max-age},
`
