// Package ruby reads configurations of the Ruby library rack-cors: in a config.ru of
// Rack, and in config/application.rb or config/initializers/cors.rb of Rails.
//
// The text is run as Ruby loads it, by an interpreter for the language as such files
// use it; blocks of the configuration and applications that stand in the files run
// for each request. What is not in the files is a value that is not known: a condition
// on it is run both ways.
//
// # Documents
//
//   - rack-cors 1.1.1, 2.0.2 and 3.0.0: of https://github.com/cyu/rack-cors lib/rack/cors.rb
//     and lib/rack/cors/
//   - Rack 2.2: of https://github.com/rack/rack lib/rack/builder.rb and lib/rack/utils.rb
//   - Rails 6.1: https://guides.rubyonrails.org/rails_on_rack.html, and of
//     https://github.com/rails/rails actionpack/lib/action_dispatch and
//     railties/lib/rails/application/default_middleware_stack.rb
//   - Puma 5.6: of https://github.com/puma/puma lib/puma/request.rb
package ruby
