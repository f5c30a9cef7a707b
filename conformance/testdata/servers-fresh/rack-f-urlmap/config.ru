require 'rack/cors'

api = Rack::Builder.new do
  use Rack::Cors do
    allow { origins 'https://myapp.com'; resource '*', headers: :any, methods: [:get, :post, :options], credentials: true }
  end
  run ->(e) { [e['PATH_INFO'] == '/users' ? 200 : 404, {'Vary' => 'Accept'}, ['x']] }
end
map('/api') { run api }
map '/public' do
  use Rack::Cors do
    allow do
      origins '*'
      resource '*', methods: :any
    end
  end
  run ->(_) { [200, {'Access-Control-Allow-Origin' => 'https://own.example'}, ['y']] }
end
run ->(_) { [200, {}, ["root"]] }
