Rails.application.config.middleware.insert_before 0, Rack::Cors, debug: true, logger: (-> { Rails.logger }) do
  allow do
    origins Rails.env.production? ? 'https://myapp.com' : '*'
    %w[/api/users /api/users/*].each { |path| resource path, headers: :any, methods: %i[get post options head] }
  end
  allow do
    origins '*'
    resource '/public', methods: [:get]
  end if ENV['PUBLIC'] == '1'
end
