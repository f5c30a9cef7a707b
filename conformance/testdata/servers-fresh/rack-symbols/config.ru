require 'rack/cors'
use Rack::Cors do
  allow do
    origins :'https://myapp.com', ['https://otherapp.com', [nil].compact], *[]
    resource '*', headers: :any, methods: %w[get post], max_age: 1.5, expose: nil, credentials: 'true'
  end
end
run Rack::Builder.new { run ->(e) { [200, {'Vary' => '*'}, []] } }
