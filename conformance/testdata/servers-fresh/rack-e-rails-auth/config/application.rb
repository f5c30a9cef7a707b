require_relative 'boot'
require 'logger'
require 'rails'
require 'action_controller/railtie'
require 'rack/cors'
Bundler.require(*Rails.groups) if defined?(Bundler)

module MyApi
  class Application < Rails::Application
    config.load_defaults 6.1
    config.root = File.expand_path('..', __dir__)
    config.api_only = true
    config.eager_load = true
    config.secret_key_base = 'x' * 64
    config.consider_all_requests_local = false
    config.logger = Logger.new('/dev/null')
  end
end
