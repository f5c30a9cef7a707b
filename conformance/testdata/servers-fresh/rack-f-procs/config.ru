require 'rack/cors'

use Rack::Cors do
  allow do
    origins do |source, env|
      next true if source.end_with?('.myapp.com')
      %w[https://myapp.com http://localhost:3000].include?(source) && env['REQUEST_METHOD'] != 'DELETE'
    end
    resource '/api/*', headers: :any, methods: %i[get post put delete options head], credentials: true, max_age: 600, expose: %w[X-Total Link]
  end
  allow do
    origins(->(source, _env) { source =~ /\Ahttps:\/\/other/ })
    resource %r{\A/(users|orders)}, methods: :any, headers: 'X-Custom', vary: ['Accept', 'Cookie']
  end
end
run ->(env) { [200, {'Content-Type' => 'application/json'}, ['{}']] }
