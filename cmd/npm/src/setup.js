// What the set-up files of test runners have in common.
import { createBrowser } from './index.js'
import { inWords } from './error.js'

// Browsers print on their console, also when the page catches the error. Without this a
// test would only say that something on the page is missing.
const print = cors => process.env.CORSIM_CONSOLE !== 'off' && console.warn(inWords(cors))

/**
 * install puts the fetch() and the XMLHttpRequest of a browser instead of those of the
 * environment. It returns the function that takes them away again.
 * @param {Partial<import('../types/index.js').BrowserOptions>} [options]
 */
export const install = (options = {}) => {
  const location = globalThis.location?.href
  const page = options.page ?? process.env.CORSIM_PAGE ?? (location?.startsWith('http') ? location : 'http://localhost/')
  const browser = createBrowser({ engine: process.env.CORSIM_ENGINE, onBlocked: print, ...options, page })
  const before = { fetch: globalThis.fetch, XMLHttpRequest: globalThis.XMLHttpRequest }
  globalThis.fetch = browser.fetch
  globalThis.XMLHttpRequest = browser.XMLHttpRequest
  return () => {
    Object.assign(globalThis, before)
    browser.close()
  }
}

/** matchers are for expect.extend(). */
export const matchers = {
  async toBeBlockedByCORS(received, reason) {
    let error
    try {
      await (typeof received === 'function' ? received() : received)
    } catch (caught) {
      error = caught
    }
    const got = error?.cors?.reason
    const pass = got !== undefined && (reason === undefined || got === reason)
    const wanted = reason === undefined ? 'to be blocked by the browser' : `to be blocked by the browser for ${reason}`
    const was = got ? `it was blocked for ${got}:\n${error.cors.explanation.join('\n')}` : error ? `it failed with ${error}` : 'the page got the response'
    return { pass, message: () => `expected the request ${this.isNot ? 'not ' : ''}${wanted}, but ${was}` }
  },
}
