module Corsable
  extend ActiveSupport::Concern

  included do
    after_action :expose_total, only: %i[index show]
    before_action { response.headers['X-Before'] = '1' }
  end

  private

  def expose_total
    response.headers['Access-Control-Expose-Headers'] = [response.headers['Access-Control-Expose-Headers'], 'X-Total'].compact.join(', ')
  end
end
