require 'rack/cors'
use Rack::Cors do
  allow do
    origins 'http://myapp.com', 'https://myapp.com:8443', 'myapp.com', 'file://', 'HTTPS://otherapp.com'
    resource '/api/v1.0/*'
    resource '/api/:kind', headers: 'Content-Type', methods: :post
    resource %r{/(own|vary)\z}, headers: :any, methods: [:get, :head]
    resource '/', headers: :any
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
