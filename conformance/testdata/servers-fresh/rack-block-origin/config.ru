require 'rack/cors'
ALLOWED = %w[https://myapp.com https://otherapp.com].freeze

def allowed?(source)
  return false if source.nil? || source.empty?
  ALLOWED.include?(source) || source =~ /\.otherapp\.com$/
end

use Rack::Cors do
  allow do
    origins { |source, env| allowed?(source) && env['REQUEST_METHOD'] != 'TRACE' }
    resource '/api/users/:id', headers: %w[Authorization X-Custom], methods: [:get, :put]
    resource '/api/*', headers: ['Content-Type', 'Authorization'], methods: [:get, :post], if: proc { |env| env['HTTP_HOST'] == 'api.example.com' }
  end
end

run lambda { |env|
  case env['PATH_INFO']
  when '/api/users' then [200, { 'Content-Type' => 'application/json' }, ['[]']]
  when '/boom' then raise 'boom'
  when %r{^/api/} then [404, { 'Content-Type' => 'text/plain' }, ['nope']]
  else [404, { 'Content-Type' => 'text/plain' }, []]
  end
}
