require 'rack/cors'

LIST = ENV.fetch('ALLOWED', '').split(/,\s*/).reject(&:empty?)
EXTRA = (ENV['EMPTY'] || 'x').split(',')
DEV = ENV['RACK_ENV'] == 'development' ? [/\Ahttp:\/\/localhost(:\d+)?\z/] : []
use Rack::Cors do
  allow do
    origins(*LIST, *EXTRA, *DEV, 'localhost:3000', /\Ahttps?:\/\/([\w-]+\.)?evil\.com\z/, "127.0.0.1:#{ENV.fetch('PORT', 8080).to_i + 1}")
    resource('/api/users', methods: [:get, 'PUT', :options], headers: ['Content-Type', :authorization])
    resource('/api/users/:id', methods: [:get, :delete], headers: :any)
    resource('/public/**/*', methods: :any, headers: :any)
    resource('/', methods: [:get])
  end
end
run ->(env) { [200, {'Content-Type' => 'application/json'}, ['{}']] }
