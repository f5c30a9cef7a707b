require_relative 'lib/app'
require 'rack/cors'

use Rack::Cors do
  config = App::CONFIG[ENV.fetch('RACK_ENV', 'development').to_sym]
  allow do
    origins config[:origins]
    config[:resources].each do |path, opts|
      resource path, **opts, headers: :any
    end
  end
end
run App
