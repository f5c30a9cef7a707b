require 'sinatra/base'
require 'rack/cors'
class Api < Sinatra::Base
  use Rack::Cors do
    allow do
      origins 'https://myapp.com', 'localhost:3000'
      resource '*', headers: :any, methods: :any, credentials: true
    end
  end
  get('/api/users') { 'ok' }
  post('/api/users') { redirect '/api/users' }
  put('/api/users') { [200, { 'Vary' => 'Accept' }, 'x'] }
  after { response['X-After'] = '1' }
  error(StandardError) { 'sorry' }
  get('/boom') { raise ArgumentError }

end
run Api
