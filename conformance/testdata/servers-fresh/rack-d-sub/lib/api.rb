# frozen_string_literal: true
module Api
  class NotFound < StandardError; end
  class Unauthorized < StandardError
    def initialize(msg = 'unauthorized') = super
  end

  module Helpers
    def json(body, status: 200, **headers)
      [status, { 'Content-Type' => 'application/json' }.merge(headers.transform_keys(&:to_s)), [body.to_s]]
    end
  end

  class Server
    include Helpers
    ROUTES = {
      %r{\A/api/users/?\z} => :users,
      %r{\A/(?<name>own|vary)\z} => :named,
      '/denied' => :denied,
      '/boom' => :boom
    }.freeze

    def call(env)
      @request = Rack::Request.new(env)
      _, action = ROUTES.find { |pattern, _| pattern === @request.path_info }
      raise NotFound, @request.path_info unless action
      send(action)
    rescue NotFound => e
      json({ error: e.message }, status: 404)
    rescue Unauthorized
      json({ error: 'no' }, status: 401, 'WWW-Authenticate': 'Bearer')
    end

    private

    def users
      case @request.request_method
      when 'GET', 'HEAD' then json([])
      when 'POST'
        data = @request.body.read
        data.empty? ? json({}, status: 400) : json({}, status: 201)
      when 'PUT'..'PUZ' then json({})
      else
        json({}, status: 405, Allow: %w[GET POST PUT].join(', '))
      end
    end

    def named
      headers = {}
      headers['Vary'] = 'Accept' if @request.path_info.end_with?('vary')
      headers[:'Access-Control-Allow-Origin'] = 'https://own.example' unless headers.any?
      json('x', **headers)
    end

    def denied = raise(Unauthorized)

    def boom
      Integer('x')
    end
  end
end
