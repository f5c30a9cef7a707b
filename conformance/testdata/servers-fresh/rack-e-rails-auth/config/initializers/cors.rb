# frozen_string_literal: true

allowed = ENV.fetch('ALLOWED_ORIGINS') { 'https://myapp.com,https://otherapp.com' }.split(',').map(&:strip).reject(&:blank?)

Rails.application.config.middleware.insert_before 0, Rack::Cors, debug: Rails.env.development? do
  allow do
    origins(*allowed)
    %w[/api/* /denied /boom].each do |path|
      resource path, headers: %w[Authorization Content-Type], methods: %i[get post put delete], credentials: true, expose: %w[X-Total-Count]
    end
  end

  allow do
    origins '*'
    resource '/vary', headers: :any, methods: [:get]
  end
end
