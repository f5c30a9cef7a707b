// Package ruby reads programs in Ruby that send CORS headers: with the library rack-cors
// in a config.ru of Rack or in config/application.rb or config/initializers/cors.rb of
// Rails, or by themselves in middleware, in controllers of Rails and in applications of
// Sinatra.
//
// The text is run as Ruby loads it, by an interpreter for the language as such files
// use it; blocks of the configuration and applications that are in the files run
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
//   - Sinatra 3.0 and rack-protection 3.0: of https://github.com/sinatra/sinatra
//     lib/sinatra/base.rb and rack-protection/lib/rack/protection/
//   - Puma 5.6: of https://github.com/puma/puma lib/puma/request.rb
package ruby
