require_relative "boot"
require "rails/all"
Bundler.require(*Rails.groups)
module Shop
  class Application < Rails::Application
    config.load_defaults 7.0
    config.api_only = true
    config.middleware.insert_before 0, Rack::Cors do
      allow do
        origins 'https://www.myapp.com'
        resource '/api/*', headers: %w(Authorization Content-Type), methods: %i(get post put patch delete options head), max_age: 7200
      end
    end
  end
end
