Rails.application.config.middleware.insert_before 0, Rack::Cors do
  Rails.application.config.x.cors.origins.each do |o|
    allow do
      origins o
      resource '*', headers: :any, methods: [:get, :post, :put, :patch, :delete, :options, :head], credentials: o.include?('myapp'), expose: ['Authorization'], max_age: o.length
    end
  end
end
Rails.application.config.hosts = nil
