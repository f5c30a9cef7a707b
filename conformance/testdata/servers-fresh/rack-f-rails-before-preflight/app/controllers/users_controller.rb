class UsersController < ApplicationController
  def index = render(json: [])
  def show
    render json: { id: params[:id] }
  end
  def create
    render json: {}, status: :created
  end
  def update = head(:no_content)
  def destroy
    head :ok
  end
end
