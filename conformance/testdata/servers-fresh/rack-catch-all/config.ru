#\ -s puma
require 'rack/cors'
begin
  require 'dotenv/load'
rescue LoadError
  # fine
end
origins_list = (ENV['ALLOWED'] || 'https://myapp.com;https://otherapp.com').split(';').reject(&:empty?)
cors_methods = %i[get post put]
cors_methods << :delete unless ENV['NO_DELETE']
use Rack::Cors do
  origins_list.each do |o|
    allow do
      origins o
      resource '*', headers: :any, methods: cors_methods, credentials: o != 'https://otherapp.com'
    end
  end
end
app = Class.new do
  def call(env); [200, { 'content-type' => 'text/plain', 'Access-Control-Allow-Origin' => 'https://own.example' }, []]; end
end
run app.new
