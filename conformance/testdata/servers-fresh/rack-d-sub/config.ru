# This file is used by Rack-based servers to start the application.
require 'bundler/setup' if File.exist?('Gemfile.lock')
require 'rack/cors'
require_relative './lib/api'

CORS_ORIGINS = [
  'https://myapp.com',
  /https:\/\/.*\.otherapp\.com$/,
  (ENV['EXTRA_ORIGIN'] unless ENV['EXTRA_ORIGIN'].nil?)
].compact.freeze

use Rack::CommonLogger if ENV['LOG']
use Rack::Cors do
  allow do
    origins(*CORS_ORIGINS)
    resource '/api/*', headers: :any,
                       methods: [:get, :post, :put, :patch, :delete, :options, :head],
                       expose: ['access-token', 'expiry', 'token-type', 'uid', 'client'],
                       max_age: 24 * 60 * 60
  end
  allow do
    origins '*'
    resource '/own', headers: :any, methods: %i(get head options)
    resource '/vary', headers: :any, methods: :any, credentials: false
  end
end

run Api::Server.new
