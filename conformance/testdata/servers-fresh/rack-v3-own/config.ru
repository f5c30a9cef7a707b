require 'rack'
require 'rack/cors'
use Rack::Cors do |config|
  config.allow do |allow|
    allow.origins 'https://myapp.com', 'null'
    allow.resource '/own', headers: :any, methods: [:get], expose: 'X-A'
    allow.resource '/api/users', headers: :any, methods: ['get', 'POST'], credentials: true, max_age: 0
  end
end

class App
  HEADERS = { 'Content-Type' => 'application/json' }.freeze

  def initialize(name, options = {})
    @name = name
    @options = options
  end

  def call(env)
    req = Rack::Request.new(env)
    return not_found unless req.path_info.start_with?('/api', '/own')
    res = Rack::Response.new
    if req.post?
      res.status = 201
    elsif req.options?
      res['Allow'] = 'GET, POST'
    elsif !req.get? && !req.head?
      return [405, HEADERS.merge('Allow' => 'GET, POST'), ['{}']]
    end
    res['Vary'] = 'Accept-Encoding, Cookie' if req.get?
    res.headers['Access-Control-Allow-Origin'] = '*' if req.path == '/own'
    res.write '{}'
    res.finish
  end

  private

  def not_found
    [404, HEADERS, []]
  end
end

run App.new('x', a: 1)
