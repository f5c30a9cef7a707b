module Api
  class UsersController < ApplicationController
    before_action :set_user, only: %i[show update destroy]
    def index
      render json: { users: [] }
    end
    def create
      if request.content_type == 'application/json'
        render json: { id: 1 }, status: :created
      else
        head :unsupported_media_type
      end
    end
    def show; render json: @user; end
    def update
      render json: @user
    end
    def destroy
      head :no_content
    end
    private
    def set_user
      @user = { id: params[:id] }
    end
  end
end
