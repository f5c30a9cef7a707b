class ApplicationController < ActionController::API
  before_action :set_vary
  after_action :cors_set_access_control_headers
  skip_after_action :cors_set_access_control_headers, only: :boom
  rescue_from(RuntimeError) { |e| render json: { error: e.message }, status: 500 }

  def cors_set_access_control_headers
    headers['Access-Control-Allow-Origin'] = request.headers['Origin'] || '*'
    response.set_header('Access-Control-Allow-Methods', 'POST, PUT, DELETE, GET, OPTIONS')
    headers['Access-Control-Allow-Headers'] = %w{Origin Accept Content-Type}.join(',')
    response.headers['Access-Control-Max-Age'] = '1728000' if request.options?
  end
  def set_vary
    response.headers['Vary'] = 'Origin'
  end

  def home = render(plain: 'home')
  def preflight = head(:ok)
  def boom = raise('boom')
end
