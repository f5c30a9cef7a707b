module Helpers
  ORIGINS = %w(
    https://myapp.com
    https://sub.myapp.com
  )
  class << self
    def ok?(s)
      ORIGINS.any? { |o| o.casecmp(s).zero? }
    end
  end
end

def top_level(s)
  s.match?(/\Ahttps?:\/\/localhost(:[0-9]+)?\z/) || s == 'null'
end
