// A page in front of Mock Service Worker. MSW answers whoever asks; the page asks as a
// browser does: with preflights, and with the checks of the responses.
import { httpNetwork } from './network.js'
import { install } from './setup.js'

/**
 * listen starts an MSW server and puts a browser in front of it. It returns the
 * function that ends both.
 * @param {{listen(options?: object): void, close(): void}} server
 * @param {object} [options] the browser's options, and `msw`, those of server.listen()
 */
export const listen = (server, { msw, ...options } = {}) => {
  server.listen(msw)
  const remove = install({ network: httpNetwork, ...options })
  return () => {
    remove()
    server.close()
  }
}
