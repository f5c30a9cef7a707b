Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins ENV.fetch('WEB_ORIGIN') { 'https://myapp.com' }, /\Ahttps:\/\/.*\.other\.com\z/
    resource '/other/*', headers: :any, methods: :any
  end
end
