import { addBody } from './body.js'
import { bytes, native } from './natives.js'
import { errorOf } from './error.js'

/** pairs returns headers as script gives them: a record, pairs, or Headers. */
export const pairs = headers => {
  if (!headers) return []
  const list = typeof headers[Symbol.iterator] === 'function' ? [...headers] : Object.entries(headers)
  return list.map(([name, value]) => [String(name), String(value)])
}

const options = ['mode', 'credentials', 'redirect', 'cache', 'duplex']

/** stepOf returns the step of a scenario for the arguments of fetch(). */
const stepOf = async (input, init = {}) => {
  const request = typeof input === 'object' && input !== null && 'method' in input ? input : undefined
  const step = { url: request ? request.url : String(input) }
  const method = init.method ?? request?.method
  if (method !== undefined) step.method = String(method)
  step.headers = pairs(init.headers ?? request?.headers)
  for (const name of options) {
    const value = init[name] ?? request?.[name]
    // A Request that was made outside of a page has a default that browsers do not have.
    if (value !== undefined && !(name === 'duplex' && value === 'half' && !init.body)) step[name] = String(value)
  }
  if (init.body !== undefined && init.body !== null) await addBody(step, init.body)
  else if (request?.body) await addBody(step, await request.clone().arrayBuffer())
  return step
}

const noBody = new Set([101, 103, 204, 205, 304])

/** responseOf returns the Response that script gets. */
const responseOf = ({ response, last }) => {
  const Response = native('Response')
  const opaque = response.type === 'opaque' || response.type === 'opaqueredirect'
  const empty = opaque || noBody.has(response.status) || response.body === ''
  const body = empty ? null : last?.body ?? bytes(response.body)
  const status = opaque || response.status < 200 ? 200 : response.status
  const out = new Response(body, { status, statusText: opaque ? '' : last?.statusText ?? '', headers: response.headers })
  return dressed(out, {
    type: response.type, url: response.url, redirected: response.redirected, status: response.status,
    ok: response.status >= 200 && response.status < 300,
  })
}

/** dressed gives a Response the properties that its constructor does not take. */
const dressed = (response, properties) => {
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(response, name, { value, configurable: true })
  const clone = response.clone.bind(response)
  Object.defineProperty(response, 'clone', { value: () => dressed(clone(), properties), configurable: true })
  return response
}

/** fetchOf returns the fetch() of a page. */
export const fetchOf = browser => async function fetch(input, init) {
  const signal = init?.signal ?? input?.signal
  signal?.throwIfAborted()
  const result = await browser.call({ fetch: await stepOf(input, init) }, signal)
  if (result.outcome !== 'response') throw errorOf(result)
  return responseOf(result)
}
