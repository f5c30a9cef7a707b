Rails.application.routes.draw do
  scope '/api' do
    resources :users, only: %i[index create update destroy show]
    match '*path', to: 'application#preflight', via: :options
  end
  root to: 'application#home'
  match '/boom', to: 'application#boom', via: :all
end
