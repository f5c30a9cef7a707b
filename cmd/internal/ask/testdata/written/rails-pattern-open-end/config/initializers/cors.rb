Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins 'https://app.myapp.io', /\Ahttps:\/\/.*\.myapp\.io/
    resource '/api/*',
      headers: :any,
      methods: [:get, :post, :put, :patch, :delete, :options, :head],
      credentials: true,
      max_age: 600
  end
  allow do
    origins '*'
    resource '/public/*', headers: :any, methods: :get
  end
end
