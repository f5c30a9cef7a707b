package recipe

// rails is the configuration of Ruby on Rails with rack-cors.
// The middleware comes first, so that the responses of all other middleware have
// the CORS headers too. It needs methods in lower case.
var rails = form{
	name: "Ruby on Rails (rack-cors)", versions: "Rails 5 and later with rack-cors 1 and later", needs: "gem 'rack-cors' in the Gemfile",
	comment: "#", item: "_", separator: " ", lowerMethods: true, aliases: []string{"ruby-on-rails", "rack-cors"},
	text: `
|# config/application.rb
|config.middleware.insert_before 0, Rack::Cors do
` + rackPolicy,
}

// rackPolicy is the block that rack-cors evaluates, in a method that begins before it.
const rackPolicy = `
|  allow do
l|    origins {origin-strings}
a|    origins '*'
|    resource '*',
h|      headers: %w[{headers}],
e|      expose: %w[{exposed}],
c|      credentials: true,
x|      max_age: {max-age},
m|      methods: %i[{methods}]
s|      methods: %i[get head post]
|  end
|end
`
