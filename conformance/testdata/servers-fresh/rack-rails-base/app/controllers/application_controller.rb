class ApplicationController < ActionController::Base
  skip_before_action :verify_authenticity_token, only: [:create], raise: false
  class Denied < StandardError; end
  rescue_from Denied, with: :denied!
  private
  def denied!(e)
    render json: { error: e.message }, status: :unauthorized
  end
end
