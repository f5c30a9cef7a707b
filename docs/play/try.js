// Try it in this browser: the scenario moves to two ports of this machine. The page takes
// the place of the scenario's page, and a server with the scenario's rules that of its server.
import { named } from './state.js'

const originOf = (url, base) => new URL(url, base).origin

/** movable returns why a scenario cannot be tried here; '' if it can. */
export const movable = s => {
  if (s.steps.length !== 1 || !s.steps[0].fetch) return 'Only a scenario with one call of fetch() can be tried here.'
  if (s.sandboxed || s.cookies || s.pageHeaders || s.referrerPolicy || s.addressSpaces || s.serviceWorker) return 'Sandboxed pages, cookies, policies, address spaces and service workers cannot be tried here.'
  const call = s.steps[0].fetch
  if (call.stream || call.type !== undefined) return 'Only texts can be sent here as a body.'
  const text = JSON.stringify([s.steps, s.server])
  const origins = new Set([...text.matchAll(/https?:\/\/[^/"\\, ]+/g)].map(m => m[0]))
  origins.delete(originOf(s.page))
  origins.delete(originOf(call.url, s.page))
  const others = [...origins].filter(o => s.server.some(r => (r.when.url ?? '').startsWith(o)))
  return others.length ? `A third server, ${others[0]}, cannot be played here.` : ''
}

/** moved returns a scenario whose page and server have other origins. */
export const moved = (scenario, page, server) => {
  // As browsers write it: the scheme and the host may be in upper case.
  const { url, ...init } = scenario.steps[0].fetch
  const s = { ...scenario, steps: [{ fetch: { url: new URL(url, scenario.page).href, ...init } }] }
  const from = originOf(s.page)
  const to = originOf(s.steps[0].fetch.url)
  const move = text => text.split(to).join('\u0001').split(from).join(page).split('\u0001').join(to === from ? page : server)
  return { ...JSON.parse(move(JSON.stringify(s))), page: page + '/' }
}

const engineHere = () => /Firefox\//.test(navigator.userAgent) ? 'firefox' : /Chrom(e|ium)\//.test(navigator.userAgent) ? 'chromium' : 'webkit'

const call = async ({ url, headers, ...init }) => {
  try {
    const response = await fetch(url, { ...init, headers })
    return { outcome: response.type.startsWith('opaque') ? 'opaque' : 'shared', type: response.type, status: response.status, headers: [...response.headers.keys()] }
  } catch (error) {
    return { outcome: 'blocked', error: String(error) }
  }
}

const line = list => list.map(n => n.toLowerCase()).filter(n => n !== 'connection').sort().join(', ')

/** tryHere makes the call of a scenario in this browser, and compares. */
export const tryHere = async (scenario, ask) => {
  const why = movable(scenario)
  if (why) throw new Error(why)
  // A new port each time, so that the browser has neither preflights nor responses in its caches.
  const { server } = await post('try/open', {})
  const here = moved(scenario, location.origin, server)
  if (originOf(here.steps[0].fetch.url) === location.origin) throw new Error('A call to the own origin would reach this page itself.')
  const engine = engineHere()
  const { stories: [{ steps: [{ result: want }] }] } = await ask({ ask: 'judge', engines: [engine], scenario: named(here) })
  await post('try/play', { scenario: named(here) })
  const got = await call(here.steps[0].fetch)
  const { requests } = await post('try/requests', {})
  const rows = [['outcome', want.outcome === 'threw' ? 'blocked' : want.outcome, got.outcome]]
  if (want.error || got.error) rows.push(['error', want.error ?? '', got.error ?? ''])
  if (want.response && got.type) {
    rows.push(['type', want.response.type, got.type], ['status', String(want.response.status), String(got.status)],
      ['headers that script sees', line(want.response.headers.map(([n]) => n)), line(got.headers)])
  }
  // A browser may ask again when a connection ends without a response. That is one request.
  const answered = want.exchanges.every(x => x.response)
  const methods = requests.filter((r, i) => answered || r.method !== requests[i - 1]?.method || r.url !== requests[i - 1].url).map(r => r.method)
  rows.push(['requests', want.exchanges.map(x => x.request.method).join(', '), methods.join(', ')])
  return { engine, rows, agrees: rows.every(([, w, g]) => w === g) }
}

const post = async (path, body) => {
  const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  const answer = await response.json()
  if (answer.error) throw new Error(answer.error)
  return answer
}
