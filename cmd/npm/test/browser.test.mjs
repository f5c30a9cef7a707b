import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBrowser, playwright } from '../src/index.js'
import { serve } from './server.mjs'

const page = 'https://myapp.test/'
const allow = { 'Access-Control-Allow-Origin': page.slice(0, -1) }

/** blocked returns error.cors of a call that is blocked. */
const blocked = async call => {
  const error = await call.then(() => assert.fail('the page got the response'), error => error)
  assert.ok(error instanceof TypeError && error.cors, error)
  return error
}

test('a response without CORS headers is hidden', async () => {
  const api = await serve(() => ({ body: 'secret' }))
  const browser = createBrowser({ page })
  const error = await blocked(browser.fetch(`${api.url}/users`))
  assert.equal(error.message, 'Failed to fetch')
  assert.equal(error.cors.reason, 'allow-origin-missing')
  assert.match(error.cors.console[0], /has been blocked by CORS policy/)
  assert.match(error.cors.repairs.join('\n'), /set Access-Control-Allow-Origin: https:\/\/myapp.test/)
  assert.match(error.cors.step, /concept-cors-check/)
  assert.match(String(error.cause), /^corsim: .*has been blocked by CORS policy[^]*allow-origin-missing: [^]*set Access-Control-Allow-Origin/)
  assert.deepEqual(api.asked, ['GET https://myapp.test'])
  api.close()
})

test('a blocked call is reported, also if the page catches its error', async () => {
  const reasons = []
  const browser = createBrowser({ page, network: async () => new Response('x'), onBlocked: cors => reasons.push(cors.reason) })
  await browser.fetch('https://api.test/').catch(() => {})
  await browser.fetch(page)
  assert.deepEqual(reasons, ['allow-origin-missing'])
})

test('what the network throws is said', async () => {
  const thrown = async network => (await blocked(createBrowser({ page, network }).fetch('https://api.test/'))).cause.message
  assert.match(await thrown(() => { throw new Error('no handler for this request') }), /the network threw Error: no handler for this request/)
  assert.match(await thrown(() => 42), /the network threw TypeError: the network returned 42, and not a Response/)
  assert.doesNotMatch(await thrown(async () => new Response('x')), /threw/)
})

test('wrong options are named', () => {
  assert.throws(() => createBrowser(), /createBrowser: name the URL of the page/)
  assert.throws(() => createBrowser({ page, network: 'https://api.test/' }), /createBrowser: network is a function/)
})

test('each engine has its own error', async () => {
  const network = async () => new Response('x')
  const texts = []
  for (const engine of ['chromium', 'firefox', 'webkit']) {
    texts.push((await blocked(createBrowser({ page, engine, network }).fetch('https://api.test/'))).message)
  }
  assert.deepEqual(texts, ['Failed to fetch', 'NetworkError when attempting to fetch resource.', 'Load failed'])
})

test('the error is that of the browser', async () => {
  const network = async () => new Response('secret')
  const browser = createBrowser({ page: 'https://myapp.test/', engine: 'firefox', network })
  const error = await browser.fetch('https://api.test/users').catch(error => error)
  assert.equal(error.message, 'NetworkError when attempting to fetch resource.')
  assert.equal(error.cors.reason, 'allow-origin-missing')
})

test('a PUT is preflighted, and the preflight is cached', async () => {
  const api = await serve(method => method === 'OPTIONS'
    ? { status: 204, headers: { ...allow, 'Access-Control-Allow-Methods': 'PUT', 'Access-Control-Max-Age': '600' } }
    : { headers: { ...allow, 'X-Hidden': '1', 'Content-Type': 'application/json' }, body: '{"a":1}' })
  const { fetch } = createBrowser({ page })
  for (let i = 0; i < 2; i++) {
    const response = await fetch(`${api.url}/users`, { method: 'PUT', body: 'x' })
    assert.deepEqual([response.type, response.status, response.ok, response.url], ['cors', 200, true, `${api.url}/users`])
    assert.deepEqual([response.headers.get('x-hidden'), response.headers.get('content-type')], [null, 'application/json'])
    assert.deepEqual([response.clone().type, await response.json()], ['cors', { a: 1 }])
  }
  assert.deepEqual(api.asked.map(line => line.split(' ')[0]), ['OPTIONS', 'PUT', 'PUT'])
  api.close()
})

test('a network is any function that answers like fetch', async () => {
  const asked = []
  const network = async (url, init) => {
    asked.push([init.method, url, init.headers.find(([name]) => name === 'Origin')?.[1]])
    return new Response('ok', { headers: allow })
  }
  const response = await createBrowser({ page, network }).fetch('https://api.test/')
  assert.equal(await response.text(), 'ok')
  assert.deepEqual(asked, [['GET', 'https://api.test/', 'https://myapp.test']])
})

test('credentials need a named origin', async () => {
  const network = async () => new Response('', { headers: { 'Access-Control-Allow-Origin': '*' } })
  const { fetch } = createBrowser({ page, network })
  const error = await blocked(fetch('https://api.test/', { credentials: 'include' }))
  assert.equal(error.cors.reason, 'allow-origin-wildcard-with-credentials')
})

test('no-cors gives an opaque response', async () => {
  const network = async () => new Response('secret', { headers: { 'Content-Type': 'text/plain' } })
  const response = await createBrowser({ page, network }).fetch('https://api.test/', { mode: 'no-cors' })
  assert.deepEqual([response.type, response.status, response.ok, response.url, await response.text()], ['opaque', 0, false, '', ''])
})

test('redirects are followed by the browser', async () => {
  const network = async url => url.endsWith('/old')
    ? new Response('', { status: 302, headers: { ...allow, Location: '/new' } }) : new Response('new', { headers: allow })
  const response = await createBrowser({ page, network }).fetch('https://api.test/old')
  assert.deepEqual([response.url, response.redirected, await response.text()], ['https://api.test/new', true, 'new'])
})

test('bodies have the types that browsers give them', async () => {
  const form = new FormData()
  form.append('a', '1')
  for (const [body, type, preflighted] of [
    ['x', 'text/plain;charset=UTF-8', false], [new URLSearchParams('a=1'), 'application/x-www-form-urlencoded;charset=UTF-8', false],
    [form, /^multipart\/form-data; boundary=/, false], [new Uint8Array([1, 255]), undefined, false],
    [new Blob(['{}'], { type: 'application/json' }), 'application/json', true],
  ]) {
    const asked = []
    const network = async (url, init) => {
      asked.push(init)
      return new Response('', { headers: { ...allow, 'Access-Control-Allow-Headers': 'content-type' } })
    }
    await createBrowser({ page, network }).fetch('https://api.test/', { method: 'POST', body })
    const got = asked.at(-1).headers.find(([name]) => name === 'Content-Type')?.[1]
    assert.ok(type instanceof RegExp ? type.test(got) : got === type, `${got}`)
    assert.equal(asked.length, preflighted ? 2 : 1)
  }
})

test('an abort rejects and ends the call', async () => {
  const controller = new AbortController()
  const network = (url, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const call = createBrowser({ page, network }).fetch('https://api.test/', { signal: controller.signal })
  setTimeout(() => controller.abort(), 5)
  await assert.rejects(call, { name: 'AbortError' })
})

test('a server that is not there', async () => {
  const api = await serve(() => ({}))
  api.close()
  const error = await blocked(createBrowser({ page }).fetch(api.url))
  assert.equal(error.cors.reason, 'network-failure')
})

test('a call that throws sends nothing', async () => {
  const { fetch } = createBrowser({ page, network: () => assert.fail('something was sent') })
  await assert.rejects(fetch('https://api.test/', { mode: 'navigate' }), TypeError)
})

const load = (XMLHttpRequest, url, { method = 'GET', headers = {}, body, ...rest } = {}) => new Promise(resolve => {
  const xhr = Object.assign(new XMLHttpRequest(), rest)
  xhr.open(method, url)
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
  xhr.onloadend = () => resolve(xhr)
  xhr.send(body)
})

test('XMLHttpRequest obeys CORS', async () => {
  const network = async (url, init) => {
    if (!url.endsWith('/open')) return new Response('x')
    return new Response(init.method === 'OPTIONS' ? '' : '{"a":1}', { headers: { ...allow, 'Access-Control-Allow-Headers': 'x-a', 'Content-Type': 'application/json', 'X-Hidden': '1' } })
  }
  const { XMLHttpRequest } = createBrowser({ page, network })
  const got = await load(XMLHttpRequest, 'https://api.test/open', { headers: { 'X-A': '1' }, responseType: 'json' })
  assert.deepEqual([got.readyState, got.status, got.response, got.getResponseHeader('X-Hidden')], [4, 200, { a: 1 }, null])
  assert.equal(got.getAllResponseHeaders(), 'content-type: application/json\r\n')
  const failed = await load(XMLHttpRequest, 'https://api.test/shut')
  assert.deepEqual([failed.status, failed.responseText, failed.cors.reason], [0, '', 'allow-origin-missing'])
})

/** routed plays a routed request of Playwright. */
const routed = async (rules, request) => {
  const out = {}
  const route = { fulfill: answer => (out.fulfilled = answer), abort: why => (out.aborted = why) }
  await playwright(rules, { engine: 'chromium', onBlocked: cors => (out.cors = cors) })(route, {
    url: () => 'https://api.test/', method: () => request.method ?? 'GET', headers: () => request.headers ?? {},
    postDataBuffer: () => request.body ?? null, isNavigationRequest: () => false, frame: () => ({ url: () => page }),
  })
  return out
}

test('Playwright: a mock without CORS headers is aborted', async () => {
  const out = await routed([{ status: 200 }], {})
  assert.deepEqual([out.aborted, out.cors.reason, out.fulfilled], ['failed', 'allow-origin-missing', undefined])
})

test('Playwright: a mock that allows the page is fulfilled', async () => {
  const rules = [{ status: 200, headers: Object.entries(allow), body: 'ok' }]
  assert.equal(String((await routed(rules, {})).fulfilled.body), 'ok')
})

test('Playwright: the mock has to answer the preflight', async () => {
  const request = { method: 'PUT', headers: { origin: page, 'content-type': 'application/json' }, body: Buffer.from('{}') }
  const out = await routed([{ when: { method: 'PUT' }, status: 200, headers: Object.entries(allow) }], request)
  assert.equal(out.aborted, 'failed')
  assert.equal(out.cors.wire[0].method, 'OPTIONS')
})
