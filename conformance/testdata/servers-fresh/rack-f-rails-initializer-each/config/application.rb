require_relative 'boot'
require 'action_controller/railtie'
require 'rack/cors'
module Shop
  class Application < Rails::Application
    config.load_defaults 6.1
    config.api_only = true
    config.hosts.clear
    config.eager_load = true
    config.secret_key_base = 'x' * 64
    config.logger = Logger.new(nil)
    config.x.cors.origins = %w[https://myapp.com https://otherapp.com]

  end
end
