module App
  CONFIG = {
    production: { origins: ['https://myapp.com', %r{\Ahttps?://localhost(:\d+)?\z}], resources: { '/api/*' => { methods: %i[get post], credentials: true }, '/own' => { methods: :any } } },
    development: { origins: '*', resources: {} }
  }.freeze

  ROUTES = {
    ['GET', '/api/users'] => ->(_env) { [200, { 'Content-Type' => 'application/json' }, ['[]']] },
    ['POST', '/api/users'] => ->(env) { [201, { 'Location' => "http://#{env['HTTP_HOST']}/api/users/1" }, []] },
    ['GET', '/denied'] => lambda do |_env|
      [401, { 'Content-Type' => 'text/plain' }, ['no']]
    end
  }

  def self.call(env)
    handler = ROUTES[[env['REQUEST_METHOD'], env['PATH_INFO']]]
    handler ? handler.call(env) : [404, {}, []]
  end
end
