class ApplicationController < ActionController::API

  def home = render(plain: 'home')
  def preflight = head(:ok)
  def boom = raise('boom')
end
