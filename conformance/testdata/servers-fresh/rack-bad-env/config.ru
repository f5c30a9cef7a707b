require 'rack/cors'
use Rack::Cors do
  allow do
    origins ENV['ALLOWED_ORIGINS'].split(',')
    resource '*', headers: :any, methods: :any
  end
end

run lambda { |env|
  case env['PATH_INFO']
  when '/api/users' then [200, { 'Content-Type' => 'application/json' }, ['[]']]
  when '/boom' then raise 'boom'
  when %r{^/api/} then [404, { 'Content-Type' => 'text/plain' }, ['nope']]
  else [404, { 'Content-Type' => 'text/plain' }, []]
  end
}
