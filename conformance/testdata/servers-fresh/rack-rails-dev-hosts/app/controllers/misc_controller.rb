class MiscController < ApplicationController
  def boom
    raise ArgumentError, 'boom'
  end
  def denied
    raise Denied, 'no'
  end
  def vary
    response.headers['Vary'] = 'Accept-Encoding'
    head :ok
  end
  def show
    headers['Access-Control-Allow-Origin'] = 'https://own.example'
    render plain: 'own'
  end
end
