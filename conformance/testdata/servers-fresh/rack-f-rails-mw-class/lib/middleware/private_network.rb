module Middleware
  class PrivateNetwork
    def initialize(app)
      @app = app
    end

    def call(env)
      @app.call(env).tap do |status, headers, _body|
        headers['Access-Control-Allow-Private-Network'] = 'true' if env['REQUEST_METHOD'] == 'OPTIONS'
        headers.delete('Vary') if status == 404
      end
    end
  end
end
