// The state of the page: a scenario in the form of docs/format.md, and its text in the
// fragment of the URL. A fragment never reaches a server.

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })

const toBase64 = text => btoa(String.fromCharCode(...encoder.encode(text)))
  .replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')

const fromBase64 = text => decoder.decode(Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0)))

/** first is what a visitor sees first: a request that needs a preflight, without an answer to it. */
export const first = () => ({
  page: 'https://myapp.com/',
  server: [
    { when: { method: 'OPTIONS', url: 'https://api.example.com/users' }, status: 204, headers: [['Access-Control-Allow-Origin', 'https://myapp.com']] },
    { when: { url: 'https://api.example.com/users' }, status: 200, headers: [['Content-Type', 'application/json'], ['Access-Control-Allow-Origin', 'https://myapp.com']], body: '{}' },
  ],
  steps: [{ fetch: { url: 'https://api.example.com/users', method: 'PUT', headers: [['Content-Type', 'application/json']], body: '{}' } }],
})

/** named returns a scenario with a name, which the engine wants. */
export const named = scenario => ({ name: 'playground', ...scenario })

/** withoutCase returns a scenario without what a test says about it. */
export const withoutCase = scenario => {
  const out = { ...scenario }
  for (const key of ['source', 'note', 'expect', 'alsoCovers', 'knownFail', 'otherwise', 'tentative']) delete out[key]
  return out
}

/** fragmentOf returns the fragment that holds a scenario. */
export const fragmentOf = scenario => {
  const { name, ...rest } = scenario
  return '#v1=' + toBase64(JSON.stringify(rest))
}

/**
 * read returns what a fragment says: a scenario, the name of an example, the number of
 * a puzzle, or nothing. A fragment that cannot be read has an error.
 */
export const read = fragment => {
  const [key, value] = fragment.replace(/^#/, '').split(/=(.*)/s)
  if (key === 'example' && value) return { example: decodeURIComponent(value) }
  if (key === 'puzzle') return { puzzle: Number(value) || 1 }
  if (key !== 'v1') return {}
  try {
    const scenario = JSON.parse(fromBase64(value))
    if (typeof scenario?.page !== 'string' || !Array.isArray(scenario.server) || !Array.isArray(scenario.steps)) throw new Error('no scenario')
    return { scenario }
  } catch {
    return { error: 'This link is damaged: it does not hold a scenario.' }
  }
}

/** headersOf returns the headers in a text with one "Name: value" a line. */
export const headersOf = text => text.split('\n').filter(line => line.trim() !== '').map(line => {
  const [name, value = ''] = line.split(/:(.*)/s)
  return [name.trim(), value.trim()]
})

/** textOf returns headers as a text with one a line. */
export const textOf = headers => (headers ?? []).map(([name, value]) => `${name}: ${value}`).join('\n')

/**
 * inWords names the parts of a scenario in an error as the form does.
 * @param {string} error such as "server[0].status: want a whole number"
 */
export const inWords = error => error
  .replace(/^page: /, 'URL of the page: ')
  .replace(/^server\[(\d+)\]\.?/, (_, i) => `Answer ${Number(i) + 1}, `)
  .replace(/^steps\[(\d+)\]\.\w+\.?/, (_, i) => `Call ${Number(i) + 1}, `)
