class MiscController < ApplicationController
  skip_before_action :authenticate!
  def boom = raise('boom')

  def err500
    render json: {}, status: :internal_server_error
  end

  def denied
    respond_to do |format|
      format.json { render json: {}, status: :forbidden }
      format.html { head 403 }
    end
  end

  def not_found
    render json: { error: 'no route' }, status: :not_found
  end
end
