require 'sinatra/base'
require 'rack/cors'
class Api < Sinatra::Base
  configure { set :allowed, %w[https://myapp.com]; disable :show_exceptions }
  helpers do
    def allowed?(o) = settings.allowed.include?(o)
  end
  before '/api/*' do
    origin = request.env['HTTP_ORIGIN']
    headers['Access-Control-Expose-Headers'] = "X-#{params['splat'].first}" if allowed?(origin)
    halt 401 if request.path_info.end_with?('private')
  end
  get '/api/:id', provides: nil do
    params[:id]
  end if false
  get '/api/users' do
    response['Vary'] = 'Accept-Language'
    body 'x'
  end

end
use Rack::Cors do
  allow do
    origins '*'
    resource '/api/*', methods: [:get, :post, :options], headers: :any
  end
end
run Api
