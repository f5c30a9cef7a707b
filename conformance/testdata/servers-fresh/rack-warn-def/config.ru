require 'rack/cors'
require_relative 'helpers'
def local_only?(s) = s.include?('localhost')
use Rack::Cors do
  allow do
    origins ->(source, _env) { Helpers.ok?(source) || top_level(source) }
    resource '/api/*', headers: :any, methods: [:get], credentials: false
    resource '/*', headers: :any, methods: [:get, :post], if: ->(env) { !env['HTTP_COOKIE'] }, vary: 'Origin'
  end
end
use Rack::ContentType, 'text/plain'
run(->(env) do
  s = local_only?(env['HTTP_HOST']) ? 200 : 203
  case [env['REQUEST_METHOD'], env['PATH_INFO']]
  when ['GET', '/api/users'], ['HEAD', '/api/users'] then [s, {}, ['x']]
  when ['POST', '/api/users']
    body = env['rack.input'].read
    [body.include?('name') ? 201 : 422, {}, []]
  else
    next [405, { 'Allow' => 'GET, POST' }, []] if env['PATH_INFO'] == '/api/users'
    [404, {}, []]
  end
end)
