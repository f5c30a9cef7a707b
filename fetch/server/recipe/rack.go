package recipe

// rack is the configuration of a Rack application, such as one of Sinatra, with
// rack-cors. An exception that no middleware inside rescues has no CORS headers.
var rack = form{
	name: "Rack, Sinatra (rack-cors)", versions: "Rack 2 and later with rack-cors 1 and later", needs: "gem 'rack-cors' in the Gemfile; require 'rack/cors'",
	comment: "#", item: "_", separator: " ", lowerMethods: true, aliases: []string{"sinatra"},
	text: `
|# config.ru, before all other use and before run
|use Rack::Cors do
` + rackPolicy + `
|
|# without this, the response to an exception would have no CORS headers
|use(Class.new do
|  def initialize(app) = @app = app
|
|  def call(env)
|    @app.call(env)
|  rescue StandardError => e
|    env['rack.errors'].puts e.full_message
|    [500, { 'content-type' => 'text/plain' }, ['Internal Server Error']]
|  end
|end)
`,
}
