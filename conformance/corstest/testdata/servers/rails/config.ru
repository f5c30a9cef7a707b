require 'logger'
require 'action_controller/railtie'
require 'rack/cors'

class App < Rails::Application
  config.eager_load = false
  config.secret_key_base = 'of no use'
  config.logger = Logger.new($stderr)
  config.hosts.clear

  {{recipe}}

  routes.append do
    match '/users', to: ->(_env) { [200, { 'Content-Type' => 'application/json' }, ['[]']] }, via: :all
    match '/boom', to: ->(_env) { raise 'boom' }, via: :all
  end
end

App.initialize!
run App
