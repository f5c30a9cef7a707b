class ApplicationController < ActionController::API
  class Denied < StandardError; end
  rescue_from Denied, with: :denied!
  private
  def denied!(e)
    render json: { error: e.message }, status: :unauthorized
  end
end
