require 'rack/cors'
use Rack::Cors, debug: false do
  allow do
    origins 'localhost:3000', '127.0.0.1:3000', /\Ahttps:\/\/[a-z0-9-]+\.myapp\.com\z/
    resource '*', :headers => :any, :methods => [:get, :post, :delete, :put, :patch, :options, :head], :credentials => true
  end

  allow do
    origins '*'
    resource '/static/*', :headers => :any, :methods => :get
    resource '/vary', methods: :any, headers: 'x-domain-token', vary: ['Accept', 'Origin']
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
