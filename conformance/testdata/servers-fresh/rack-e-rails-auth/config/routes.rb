Rails.application.routes.draw do
  get 'vary', to: 'application#health'
  scope '/api', defaults: { format: :json } do
    resources :users, except: %i[new edit] do
      resources :posts, only: [:index]
      collection { get :search }
      member { post 'activate' }
    end
    resources :items, only: [:index], controller: 'users'
  end
  %w[boom denied err500].each { |a| match "/#{a}", to: "misc##{a}", via: %i[get post put delete patch] }
  match '*path', to: 'misc#not_found', via: :all
end
