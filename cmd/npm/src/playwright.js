// A handler for Playwright's page.route(). Playwright's own fulfil adds CORS headers and
// answers preflights itself, so that a mock hides faults. This handler judges first.
import { bytes } from './natives.js'

// Headers of a routed request that the browser adds itself.
const added = /^(accept(-encoding|-language)?|user-agent|referer|origin|cookie|content-length|host|connection|priority|pragma|cache-control|upgrade-insecure-requests|sec-.*)$/
const plainType = /^(text\/plain|application\/x-www-form-urlencoded|multipart\/form-data)/i

/** serverOf returns the network of rules: the first rule that matches answers. */
const serverOf = rules => (url, init) => {
  const rule = rules.find(({ when = {} }) => (!when.method || when.method === init.method) && (!when.url || when.url === url))
  if (!rule) throw Object.assign(new Error('no rule answers'), { code: 'ECONNRESET' })
  return { status: rule.status, headers: rule.headers ?? [], body: Buffer.from(rule.body ?? '') }
}

/** stepOf returns the call that the page made, as far as the routed request shows it. */
const stepOf = (request, credentials) => {
  const step = { url: request.url(), method: request.method(), headers: [], credentials }
  for (const [name, value] of Object.entries(request.headers())) {
    if (added.test(name)) continue
    if (name === 'content-type' && plainType.test(value)) step.type = value
    else step.headers.push([name, value])
  }
  const body = request.postDataBuffer()
  if (body) step.body = body.toString('latin1')
  else delete step.type
  if (step.body !== undefined) step.type ??= ''
  return step
}

/**
 * playwright returns a handler for page.route().
 * @param {import('../types/index.js').Rule[] | import('../types/index.js').Network} rules
 * @param {import('../types/playwright.js').Options} [options]
 */
export const playwright = (rules, { engine, credentials = 'same-origin', onBlocked } = {}) => {
  const network = typeof rules === 'function' ? rules : serverOf(rules)
  return async (route, request = route.request()) => {
    const { createBrowser } = await import('./index.js')
    if (request.isNavigationRequest()) return fulfil(route, await network(request.url(), { method: request.method(), headers: [] }))
    const browser = createBrowser({ page: request.frame().url(), engine: engine ?? nameOf(request), network: remembered })
    let last
    async function remembered(url, init) {
      return (last = await network(url, init))
    }
    try {
      const { url, ...init } = stepOf(request, credentials)
      const { type, body, ...rest } = init
      await browser.fetch(url, { ...rest, body: body === undefined ? undefined : new Blob([bytes(body)], { type }) })
    } catch (error) {
      if (!error.cors) throw error
      onBlocked?.(error.cors)
      return route.abort('failed')
    } finally {
      browser.close()
    }
    return fulfil(route, last)
  }
}

/** nameOf returns the engine of the browser that made a request. */
const nameOf = request => request.frame().page().context().browser()?.browserType().name() ?? 'chromium'

const fulfil = async (route, response) => {
  const headers = {}
  const list = Array.isArray(response.headers) ? response.headers : [...response.headers]
  for (const [name, value] of list) headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  const body = response.arrayBuffer ? Buffer.from(await response.clone().arrayBuffer()) : Buffer.from(response.body ?? '')
  return route.fulfill({ status: response.status, headers, body })
}
