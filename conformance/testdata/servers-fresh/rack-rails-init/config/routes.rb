Rails.application.routes.draw do
  namespace :api do
    resources :users, only: [:index, :create, :show, :update, :destroy]
    get 'missing', to: 'users#nothing'
  end
  get '/boom', to: 'misc#boom'
  match '/denied', to: 'misc#denied', via: [:get, :post]
  get 'vary' => 'misc#vary'
  resource :own, controller: 'misc', only: %i[show]
  root 'misc#vary'
end
