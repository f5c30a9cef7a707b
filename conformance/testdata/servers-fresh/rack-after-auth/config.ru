require 'rack/cors'
class Auth
  def initialize(app); @app = app; end
  def call(env)
    if env['HTTP_AUTHORIZATION'].to_s.empty? && env['REQUEST_METHOD'] != 'OPTIONS' && env['PATH_INFO'] =~ /users/
      [401, {'WWW-Authenticate' => 'Bearer'}, ['unauthorized']]
    else
      @app.call(env)
    end
  end
end
class Rescue
  def initialize(app) = @app = app
  def call(env)
    @app.call(env)
  rescue StandardError => e
    [500, { 'Content-Type' => 'text/plain' }, [e.message]]
  end
end
use Auth
use Rack::Deflater
use Rack::Cors do
  allow do
    origins 'https://myapp.com', 'https://otherapp.com'
    resource '*', headers: :any, methods: [:get, :post, :put, :delete], credentials: true
  end
end
use Rescue
use Rack::CommonLogger
use Rack::Runtime

run lambda { |env|
  case env['PATH_INFO']
  when '/api/users' then [200, { 'Content-Type' => 'application/json' }, ['[]']]
  when '/boom' then raise 'boom'
  when %r{^/api/} then [404, { 'Content-Type' => 'text/plain' }, ['nope']]
  else [404, { 'Content-Type' => 'text/plain' }, []]
  end
}
