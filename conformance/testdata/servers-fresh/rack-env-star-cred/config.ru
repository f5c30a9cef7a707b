# frozen_string_literal: true
require 'rack/cors'

use Rack::Cors do
  allow do
    origins(*ENV.fetch('CORS_ORIGINS', '*').split(',').map(&:strip))
    resource '/api/*', headers: :any, methods: %i[get post put patch delete options head], expose: %w[X-Total Link], max_age: 600, credentials: true
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
