class ApplicationController < ActionController::API
  include Corsable

  def home = render(plain: 'home')
  def preflight = head(:ok)
  def boom = raise('boom')
end
