require 'sinatra/base'
require 'rack/cors'
class Api < Sinatra::Base
  before do
    content_type :json
    headers 'Access-Control-Allow-Origin' => '*', 'Access-Control-Allow-Methods' => ['OPTIONS', 'GET', 'POST'].join(',')
  end
  set :protection, false
  options '*' do
    response.headers['Allow'] = 'HEAD,GET,PUT,POST,DELETE,OPTIONS'
    response.headers['Access-Control-Allow-Headers'] = 'X-Requested-With, Content-Type'
    200
  end
  get '/api/users' do
    [].to_s
  end
  post '/api/users' do
    status 201
    '{}'
  end
  put('/api/users') { halt 422, { 'X-A' => 'b' }, 'bad' }
  delete('/api/:what') { |what| what == 'users' ? 204 : pass }
  get('/boom') { raise 'boom' }
  not_found { '{"error":"not found"}' }

end
run Api
