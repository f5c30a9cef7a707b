class ApplicationController < ActionController::API
  before_action :cors_preflight_check
  around_action :wrap

  def cors_preflight_check
    return unless request.method == 'OPTIONS' || request.request_method_symbol == :options
    headers['Access-Control-Allow-Methods'] = 'POST, GET'
    headers['Access-Control-Max-Age'] = '1728000'
    render plain: '', content_type: 'text/plain'
  end
  def wrap
    response.headers['Access-Control-Expose-Headers'] = 'X-A'
    yield
    response.headers['Access-Control-Allow-Credentials'] = 'true'
  end

  def home = render(plain: 'home')
  def preflight = head(:ok)
  def boom = raise('boom')
end
