class ApplicationController < ActionController::Base
  protect_from_forgery with: :exception, unless: -> { request.path.start_with?('/api') }
  before_action :require_login, except: [:home, :preflight]

  def require_login
    head :unauthorized if request.post? && request.headers['Authorization'].blank?
  end

  def home = render(plain: 'home')
  def preflight = head(:ok)
  def boom = raise('boom')
end
