require_relative 'boot'
require 'action_controller/railtie'
require 'rack/cors'
module Shop
  class Application < Rails::Application
    config.load_defaults 6.1
    
    config.hosts.clear
    config.eager_load = true
    config.secret_key_base = 'x' * 64
    config.logger = Logger.new(nil)
    config.middleware.insert_before 0, Rack::Cors do
      allow do
        origins 'myapp.com', 'https://otherapp.com'
        resource '/api/*', headers: :any, methods: :any, credentials: true
      end
    end
  end
end
