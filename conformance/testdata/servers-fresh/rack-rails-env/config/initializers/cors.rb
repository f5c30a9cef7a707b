Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    if Rails.env.development?
      origins '*'
    else
      origins [ENV['FRONTEND_URL'], 'https://myapp.com'].compact
    end
    resource '/api/*', headers: :any, methods: [:get, :post, :put, :patch, :delete, :options, :head], credentials: !Rails.env.development?
  end
end
