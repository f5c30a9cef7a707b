package lint

// previewHosts are hosts of previews, whose names begin like the project's and end
// as the publisher likes.
var previewHosts = []string{"vercel.app", "netlify.app", "pages.dev", "web.app"}

// publishingHosts are hosts under which everybody can have a site with a name of
// one's own.
var publishingHosts = []string{
	"github.io", "gitlab.io", "netlify.app", "vercel.app", "pages.dev", "workers.dev", "herokuapp.com", "web.app", "firebaseapp.com",
	"appspot.com", "run.app", "onrender.com", "fly.dev", "surge.sh", "glitch.me", "replit.dev", "s3.amazonaws.com", "cloudfront.net",
	"azurewebsites.net", "azurestaticapps.net", "ngrok.io", "ngrok-free.app", "trycloudflare.com", "blogspot.com", "wordpress.com",
	"webflow.io", "csb.app", "lovable.app", "deno.dev", "railway.app",
}

// playgrounds are origins at which everybody can run script.
var playgrounds = []string{
	"https://codepen.io", "https://cdpn.io", "https://jsbin.com", "https://null.jsbin.com", "https://output.jsbin.com", "https://jsfiddle.net",
	"https://fiddle.jshell.net", "https://codesandbox.io", "https://stackblitz.com", "https://s3.amazonaws.com", "https://storage.googleapis.com",
	"https://raw.githubusercontent.com", "https://editor.swagger.io", "https://petstore.swagger.io", "https://hoppscotch.io",
}

func thirdPartyOrigin() Rule {
	return Rule{
		ID: "third-party-origin", Severity: Fragile,
		Title:  "A site on which everybody can run script can read the response.",
		Why:    "Playgrounds and shared buckets have one origin for everybody's code. To allow it is to allow all who use it.",
		Before: Example{"js", "app.use(cors({ origin: ['https://myapp.com', 'https://codepen.io'] }));"},
		After:  Example{"js", "app.use(cors({ origin: ['https://myapp.com'] }));"},
		run: attack{
			from: fixedOrigins(playgrounds),
			text: "The server allows {origins}, where everybody can run script.",
			fix:  "Allow your own origins only.",
		}.listed,
	}
}

func localhostInProduction() Rule {
	return Rule{
		ID: "localhost-in-production", Also: []string{"dev-policy-in-production"}, Severity: Fragile,
		Title: "Every program that serves a page on the user's own computer or network can read the response.",
		Why: "Origins of development allow every page that runs at this address on a user's computer, whoever wrote the program. " +
			"Allow them where the server runs in development only.",
		Before: Example{"js", "const origins = ['https://myapp.com', 'http://localhost:3000'];"},
		After:  Example{"js", "const origins = process.env.NODE_ENV === 'production'\n  ? ['https://myapp.com'] : ['http://localhost:3000'];"},
		run:    runLocalhost,
	}
}

// runLocalhost tries the origins of development, unless all pages of the server are
// such pages.
func runLocalhost(p *prober) error {
	if l, ok := p.lookAlike(); ok && (l.host == "localhost" || l.isAddress()) {
		return nil
	}
	return attack{
		from: func(*prober) []string {
			return []string{
				"http://localhost", "http://localhost:3000", "http://localhost:4200", "http://localhost:5173", "http://localhost:8000", "http://localhost:8080",
				"https://localhost", "https://localhost:3000", "http://127.0.0.1", "http://127.0.0.1:3000", "http://127.0.0.1:5500", "http://192.168.0.1",
				"http://10.0.0.1",
			}
		},
		text: "The server allows {origins}, and so every page that runs there.",
		fix:  "Allow it in development only.",
	}.listed(p)
}

// listed runs an attack with origins that the model's facts may name, too.
func (a attack) listed(p *prober) error {
	p.anyOrigin = true
	defer func() { p.anyOrigin = false }()
	return a.run(p)
}
