package recipe

// rails is the configuration of Ruby on Rails with rack-cors.
// The middleware comes first, so that the answers of all others have the headers
// of CORS too. It wants methods in lower case.
var rails = form{
	name: "Ruby on Rails (rack-cors)", item: "_", separator: " ", lowerMethods: true,
	text: `
|# config/application.rb
|config.middleware.insert_before 0, Rack::Cors do
|  allow do
l|    origins '{origin}'
a|    origins '*'
|    resource '*',
h|      headers: %w[{headers}],
c|      credentials: true,
m|      methods: %i[{methods}]
s|      methods: %i[get head post]
|  end
|end
`,
}
