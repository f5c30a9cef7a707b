require 'sinatra'
set :protection, except: [:http_origin]
set :bind, '0.0.0.0'
ORIGINS = /\Ahttps?:\/\/(localhost:3000|myapp\.com)\z/
before do
  if (o = request.env['HTTP_ORIGIN']) && o.match?(ORIGINS)
    response.headers['Access-Control-Allow-Origin'] = o
    response.headers['Vary'] = 'Origin'
  end
end
options '/*' do
  response.headers['Access-Control-Allow-Methods'] = request.env['HTTP_ACCESS_CONTROL_REQUEST_METHOD'] || 'GET'
  halt 204
end
get '/' do
  'home'
end
get %r{/api/(users|orders)} do |kind|
  kind
end
%w[post put patch delete].each { |verb| send(verb, '/api/users') { verb } }
run Sinatra::Application
