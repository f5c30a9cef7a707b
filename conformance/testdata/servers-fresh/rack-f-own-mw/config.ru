
class CorsHeaders
  ALLOWED = ['https://myapp.com', 'http://localhost:3000'].freeze
  HEADERS = {
    'Access-Control-Allow-Methods' => 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
    'Access-Control-Allow-Headers' => 'Origin, Content-Type, Accept, Authorization',
    'Access-Control-Max-Age' => '1728000'
  }.freeze
  def initialize(app, credentials: false)
    @app = app
    @credentials = credentials
  end
  def call(env)
    origin = env['HTTP_ORIGIN']
    return [204, headers_for(origin).merge(HEADERS), []] if preflight?(env)
    status, headers, body = @app.call(env)
    headers = headers.merge(headers_for(origin))
    [status, headers, body]
  rescue StandardError => e
    [500, headers_for(origin).merge('Content-Type' => 'text/plain'), [e.message]]
  end

  private

  def preflight?(env) = env['REQUEST_METHOD'] == 'OPTIONS' && env.key?('HTTP_ACCESS_CONTROL_REQUEST_METHOD')
  def headers_for(origin)
    return {} unless ALLOWED.include?(origin)
    h = { 'Access-Control-Allow-Origin' => origin, 'Vary' => 'Origin' }
    h['Access-Control-Allow-Credentials'] = 'true' if @credentials
    h
  end
end
use CorsHeaders, credentials: true
app = lambda do |env|
  case [env['REQUEST_METHOD'], env['PATH_INFO']]
  in ['GET', '/api/users'] then [200, { 'Content-Type' => 'application/json' }, ['[]']]
  in ['POST', '/api/users'] then [201, {}, []]
  in [_, '/boom'] then raise ArgumentError, 'boom'
  else [404, {}, ['']]
  end
end
run app
