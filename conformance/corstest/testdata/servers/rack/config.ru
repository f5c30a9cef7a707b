require 'rack/cors'

{{recipe}}

run(lambda do |env|
  case env['PATH_INFO']
  when '/users' then [200, { 'content-type' => 'application/json' }, ['[]']]
  when '/boom' then raise 'boom'
  else [404, { 'content-type' => 'text/plain' }, ['not found']]
  end
end)
