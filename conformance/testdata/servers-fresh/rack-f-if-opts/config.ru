require 'rack/cors'

use Rack::Cors, debug: false do
  allow do
    origins '*'
    resource '/api/*', headers: :any, methods: [:get, :post], if: proc { |env| env['HTTP_X_API_KEY'] || env['PATH_INFO'].include?('users') }, max_age: 0
    resource '*', headers: %w(content-type Authorization), methods: :get, if: ->(env) { env['HTTP_HOST'] == 'api.example.com' }, credentials: false, max_age: nil
  end
end
run ->(env) { [200, {'Content-Type' => 'application/json'}, ['{}']] }
