// A browser for front-end tests: fetch() and XMLHttpRequest that obey CORS, around any network.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Engine } from '../dist/engine.js'
import { corsOf } from './error.js'
import { fetchOf } from './fetch.js'
import { bytes, latin1 } from './natives.js'
import { faultOf, httpNetwork, received } from './network.js'
import { xhrOf } from './xhr.js'

export { httpNetwork } from './network.js'
export { playwright } from './playwright.js'

// Test environments replace URL, so that new URL() with import.meta.url is no way to the file.
const program = () => readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist/corsim.wasm'))

let shared
/** engine returns the one engine of this process. */
export const engine = () => (shared ??= new Engine(new WebAssembly.Module(program())))

/**
 * createBrowser opens a page in a browser.
 * @param {import('../types/index.js').BrowserOptions} options
 */
export const createBrowser = options => {
  const browser = new Browser(options)
  return {
    page: browser.page,
    engine: browser.engine,
    fetch: fetchOf(browser),
    XMLHttpRequest: xhrOf(browser),
    close: () => browser.close(),
  }
}

class Browser {
  #options
  #number

  constructor({ page, engine: name = 'chromium', network = httpNetwork, sandboxed = false, onBlocked } = {}) {
    if (!page) throw new TypeError('createBrowser: name the URL of the page')
    if (typeof network !== 'function') throw new TypeError('createBrowser: network is a function that takes a URL and options, such as fetch, and returns a Response')
    this.#options = { engine: name, scenario: { name: 'page', page: String(page), sandboxed, server: [], steps: [] } }
    this.page = String(page)
    this.engine = name
    this.network = network
    this.onBlocked = onBlocked
    this.#open()
  }

  #open() {
    this.#number = engine().ask({ ask: 'open', ...this.#options }).page
  }

  close() {
    engine().ask({ ask: 'close', page: this.#number })
  }

  /**
   * call makes the call of a step. The network answers each request.
   * @param {object} step
   * @param {AbortSignal} [signal]
   */
  async call(step, signal) {
    let state = engine().ask({ ask: 'start', page: this.#number, step })
    let last, thrown
    while (state.request) {
      let answer
      try {
        const { method, url, headers, body } = state.request
        const sent = body ? bytes(body) : undefined
        const response = await received(await this.network(url, { method, headers, body: sent, redirect: 'manual', signal }))
        if (!state.preflight) last = response
        answer = { response: { status: response.status, headers: response.headers, body: latin1(response.body ?? '') } }
      } catch (error) {
        if (signal?.aborted) {
          engine().ask({ ask: 'cancel', call: state.call })
          throw signal.reason
        }
        answer = { fault: faultOf(error) }
        if (answer.fault === 'unknown') thrown = error
      }
      state = engine().ask({ ask: 'feed', call: state.call, ...answer })
    }
    const result = { ...state.observation.steps[0], last, thrown, step: state.story.steps[0] }
    if (result.step.result.failure) this.onBlocked?.(corsOf(result))
    return result
  }
}
