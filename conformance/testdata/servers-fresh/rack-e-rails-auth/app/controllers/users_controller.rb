class UsersController < ApplicationController
  before_action :find, only: %i[show update destroy]
  rescue_from(NotImplementedError) { head :not_implemented }
  USERS = { '1' => { name: 'a' } }.freeze

  def index
    response.set_header('X-Total-Count', USERS.size)
    render json: USERS.values
  end

  def create
    data = params.require(:name)
    render json: { id: 2 }, status: 201, location: '/api/users/2'
  end

  def show = render(json: @user)

  def update
    raise NotImplementedError
  end

  def destroy
    head :no_content
  end

  private

  def find
    @user = USERS.fetch(params[:id])
  end
end
