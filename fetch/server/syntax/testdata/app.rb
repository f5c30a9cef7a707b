require 'rack/cors'
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins 'localhost:3000', /\Ahttps:\/\/.*\.x\.com\z/, *ENV.fetch('O', '').split(',').map(&:strip)
    resource '/api/*', headers: %w[a b], methods: %i[get post], expose: ['X'], max_age: 600, if: proc { |env| env['x'] == 1 }
    resource '/x', :headers => :any, "y" => 1
  end
end
module A
  class Application < Rails::Application
    config.load_defaults 6.1
    use Rack::Cors, debug: true, logger: (-> { Rails.logger }) do |c|
      x = ENV['X'] || "a#{b}c"
      x.each { |o| puts o }
      if Rails.env.development? then y = 1 elsif z; q else w end
      origins do |source, env| source == 'x' end
      origins(*list) unless x.nil?
    end
    def self.call(a, b = 1, *c, d: 2, **e, &f)
      [200, {'Content-Type' => 'text/plain'}, ['a']]
    rescue => e
      raise e, "x" if a
    end
  end
end
a, b = 1, 2
v = a ? b : c
h = <<~EOS
  x
    y
EOS
case x
when 'a', 'b' then 1
else 2
end
get '/x' do
  headers 'A' => 'b', 'C' => "d"
  halt 204
end
foo
  .bar(1)
  .baz
x = if a then 1 else 2 end
list << 'a' if b && !c
def f = 1
run App.new
