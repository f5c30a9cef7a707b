class ApplicationController < ActionController::API
  before_action :authenticate!, except: [:health]
  rescue_from StandardError do |e|
    render json: { error: e.class.name }, status: 500
  end
  rescue_from ActionController::ParameterMissing, KeyError do |e|
    render json: { error: e.message }, status: :bad_request
  end
  def health
    render plain: 'ok'
  end

  private

  def authenticate!
    token = request.headers['Authorization'].to_s.split(' ').last
    return if token.present? || request.get?

    render json: { error: 'unauthorized' }, status: :unauthorized
  end
end
