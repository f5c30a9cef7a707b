require 'rack/cors'
require 'json'

class Timer
  def initialize(app, header: 'X-Time')
    @app = app
    @header = header
  end

  def call(env)
    status, headers, body = @app.call(env)
    headers = headers.dup
    headers[@header] = '1'
    headers['Vary'] = [headers['Vary'], 'X-Time'].compact.join(', ')
    [status, headers, body]
  end
end

use Timer, header: 'X-T'
map '/api' do
  use Rack::Cors do
    allow do
      origins 'https://myapp.com'
      resource '/users', headers: :any, methods: :any
      resource '/api/*', headers: :any, methods: [:get]
    end
  end
  run ->(env) { [env['PATH_INFO'] == '/users' ? 200 : 404, { 'content-type' => 'text/plain' }, [JSON.generate(path: env['PATH_INFO'])]] }
end

map '/boom' do
  run proc { |_env| raise ArgumentError, 'boom' }
end
map('/') { run ->(env) { env['REQUEST_METHOD'] == 'GET' ? [200, {}, ['root']] : [405, { 'Allow' => 'GET' }, []] } }
