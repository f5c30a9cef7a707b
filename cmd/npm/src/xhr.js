import { TextDecoder } from 'node:util'
import { addBody } from './body.js'
import { corsOf } from './error.js'
import { bytes, native } from './natives.js'

const states = { UNSENT: 0, OPENED: 1, HEADERS_RECEIVED: 2, LOADING: 3, DONE: 4 }
const events = ['readystatechange', 'loadstart', 'progress', 'load', 'error', 'abort', 'timeout', 'loadend']

const invalidState = text => new (native('DOMException'))(text, 'InvalidStateError')

/** withHandlers gives a class of event targets the properties onload, onerror and the like. */
const withHandlers = target => {
  for (const type of events) {
    let handler = null
    Object.defineProperty(target, `on${type}`, { get: () => handler, set: value => (handler = value), configurable: true, enumerable: true })
    target.addEventListener(type, event => handler?.call(target, event))
  }
}

const fire = (target, type, loaded = 0) => {
  const event = new (native('Event'))(type)
  for (const [name, value] of Object.entries({ loaded, total: loaded, lengthComputable: loaded > 0 })) {
    Object.defineProperty(event, name, { value })
  }
  target.dispatchEvent(event)
}

/** xhrOf returns the class XMLHttpRequest of a page. Only asynchronous requests work. */
export const xhrOf = browser => class XMLHttpRequest extends native('EventTarget') {
  static UNSENT = 0
  static OPENED = 1
  static HEADERS_RECEIVED = 2
  static LOADING = 3
  static DONE = 4

  readyState = 0
  status = 0
  statusText = ''
  responseURL = ''
  responseType = ''
  timeout = 0
  withCredentials = false
  #step
  #data = new Uint8Array()
  #headers = []
  #listens = false
  #abort

  constructor() {
    super()
    Object.assign(this, states)
    withHandlers(this)
    const upload = new (native('EventTarget'))()
    withHandlers(upload)
    const add = upload.addEventListener.bind(upload)
    upload.addEventListener = (...args) => {
      this.#listens = true
      add(...args)
    }
    this.upload = upload
  }

  open(method, url, async = true) {
    if (!async) throw new (native('DOMException'))('corsim makes no synchronous requests', 'InvalidAccessError')
    this.#abort?.abort()
    this.#step = { method: String(method), url: String(url), headers: [] }
    Object.assign(this, { status: 0, statusText: '', responseURL: '' })
    this.#state(1)
  }

  setRequestHeader(name, value) {
    if (this.readyState !== 1) throw invalidState("The object's state must be OPENED.")
    const same = this.#step.headers.find(h => h[0].toLowerCase() === String(name).toLowerCase())
    if (same) same[1] += `, ${value}`
    else this.#step.headers.push([String(name), String(value)])
  }

  send(body) {
    if (this.readyState !== 1) throw invalidState("The object's state must be OPENED.")
    this.#abort = new AbortController()
    const { signal } = this.#abort
    const limit = this.timeout > 0 ? setTimeout(() => this.#abort.abort('timeout'), this.timeout) : undefined
    fire(this, 'loadstart')
    const handles = events.some(type => this.upload[`on${type}`])
    this.#run(body, handles || this.#listens, signal).then(
      result => signal.aborted || this.#finish(result),
      error => this.#fail(signal.reason === 'timeout' ? 'timeout' : signal.aborted ? undefined : 'error', error.cors),
    ).finally(() => clearTimeout(limit))
  }

  async #run(body, uploadListener, signal) {
    const method = this.#step.method.toUpperCase()
    const step = { ...this.#step, withCredentials: this.withCredentials, uploadListener }
    if (method !== 'GET' && method !== 'HEAD') await addBody(step, body)
    return browser.call({ xhr: step }, signal)
  }

  #finish(result) {
    if (result.outcome !== 'response') return this.#fail('error', corsOf(result))
    const { response, last } = result
    this.#headers = response.headers
    this.#data = response.body === '' ? new Uint8Array() : last?.body ?? bytes(response.body)
    Object.assign(this, { status: response.status, statusText: last?.statusText ?? '', responseURL: response.url })
    this.#state(2)
    this.#state(3)
    this.#state(4)
    for (const type of ['progress', 'load', 'loadend']) fire(this, type, this.#data.length)
  }

  /** cors says why the request was blocked, as error.cors of fetch() does. */
  cors = undefined

  #fail(type, cors) {
    if (!type) return
    this.cors = cors
    this.#state(4)
    fire(this, type)
    fire(this, 'loadend')
  }

  #state(state) {
    this.readyState = state
    fire(this, 'readystatechange')
  }

  abort() {
    if (!this.#abort || this.readyState === 4) return
    this.#abort.abort()
    this.#fail('abort')
    this.readyState = 0
  }

  getResponseHeader(name) {
    const wanted = String(name).toLowerCase()
    return this.#headers.find(([key]) => key === wanted)?.[1] ?? null
  }

  getAllResponseHeaders() {
    return this.#headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  }

  overrideMimeType() {}

  get responseText() {
    return new TextDecoder().decode(this.#data)
  }

  get response() {
    switch (this.responseType) {
      case '': case 'text': return this.responseText
      case 'json': try { return JSON.parse(this.responseText) } catch { return null }
      case 'arraybuffer': return Uint8Array.from(this.#data).buffer
      case 'blob': return new (native('Blob'))([this.#data], { type: this.getResponseHeader('content-type') ?? '' })
    }
    return null
  }
}
