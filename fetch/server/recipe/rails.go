package recipe

// rails is the configuration of Ruby on Rails with rack-cors.
// The middleware comes first, so that the responses of all other middleware have
// the CORS headers too. It needs methods in lower case.
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
