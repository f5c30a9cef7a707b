// The lesson for a class: predict what the browser does, then see.
import { h, htm, useState } from './vendor/preact.js'
import { puzzle, load, question } from './store.js'
import { named } from './state.js'

const html = htm.bind(h)

const api = 'https://api.example.com/users'
const page = 'https://myapp.com/'
const allow = ['Access-Control-Allow-Origin', 'https://myapp.com']
const json = ['Content-Type', 'application/json']

/**
 * puzzles go from the same origin to the origin null. The answer is not written here:
 * the engine gives it.
 */
export const puzzles = [
  { title: 'The same origin', remark: 'Scheme, host and port are equal, so no CORS check applies. The path is not part of an origin.',
    scenario: { page, server: [{ when: {}, status: 200, headers: [json], body: '[]' }], steps: [{ fetch: { url: 'https://myapp.com/api/users' } }] } },
  { title: 'Another subdomain', remark: 'The host differs, so the origin differs. The server gets the request, and the page does not get the response.',
    scenario: { page, server: [{ when: {}, status: 200, headers: [json], body: '[]' }], steps: [{ fetch: { url: 'https://api.myapp.com/users' } }] } },
  { title: 'The server allows the page', remark: 'One header is enough for a simple request.',
    scenario: { page, server: [{ when: {}, status: 200, headers: [json, allow], body: '[]' }], steps: [{ fetch: { url: api } }] } },
  { title: 'A slash at the end', remark: 'An origin has no path, not even a slash. The browser compares the whole text.',
    scenario: { page, server: [{ when: {}, status: 200, headers: [['Access-Control-Allow-Origin', 'https://myapp.com/']], body: '[]' }], steps: [{ fetch: { url: api } }] } },
  { title: 'JSON to a server that knows no OPTIONS', remark: 'JSON needs a preflight. Its response has no CORS headers, so the POST is never sent.',
    scenario: { page, server: [{ when: { method: 'OPTIONS' }, status: 405, headers: [] }, { when: {}, status: 200, headers: [allow], body: '{}' }], steps: [{ fetch: { url: api, method: 'POST', headers: [json], body: '{}' } }] } },
  { title: 'A form without a preflight', remark: 'A form can send this type, so the browser sends the POST at once. The server may have acted on it: CORS does not protect from forged requests.',
    scenario: { page, server: [{ when: {}, status: 200, headers: [], body: 'done' }], steps: [{ fetch: { url: api, method: 'POST', headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: 'a=1' } }] } },
  { title: 'The wildcard and cookies', remark: 'With credentials the server must name the origin; * is not enough.',
    scenario: { page, server: [{ when: {}, status: 200, headers: [['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Credentials', 'true']], body: '[]' }], steps: [{ fetch: { url: api, credentials: 'include' } }] } },
  { title: 'Mode no-cors', remark: 'The response arrives, but it is opaque: script sees neither status nor headers nor body.',
    scenario: { page, server: [{ when: {}, status: 200, headers: [json], body: '[]' }], steps: [{ fetch: { url: api, mode: 'no-cors' } }] } },
  { title: 'A redirect to a third origin', remark: 'After a redirect from one other origin to a third one the browser sends Origin: null, so that the name of the page does not match.',
    scenario: { page, server: [{ when: { url: api }, status: 302, headers: [allow, ['Location', 'https://cdn.example.net/users']] }, { when: {}, status: 200, headers: [allow], body: '[]' }], steps: [{ fetch: { url: api } }] } },
  { title: 'A sandboxed page', remark: 'It has an opaque origin and sends Origin: null. A server that allows null allows every sandboxed page of the world.',
    scenario: { page, sandboxed: true, server: [{ when: {}, status: 200, headers: [allow], body: '[]' }], steps: [{ fetch: { url: 'https://myapp.com/users' } }] } },
]

const answers = {
  shared: 'The page reads the response',
  hidden: 'The server gets the request, but the page cannot read the response',
  preflight: 'The browser asks with OPTIONS first, and the request itself is not sent',
  opaque: 'A response comes, but it is opaque',
}

/** answerOf returns which of the answers a story is. */
export const answerOf = story => {
  const { outcome, exchanges } = story.steps[0].result
  if (outcome === 'shared' || outcome === 'opaque') return outcome
  return exchanges.some(x => x.kind !== 'preflight') ? 'hidden' : 'preflight'
}

const codeOf = ({ page, sandboxed, steps: [{ fetch: { url, ...init } }] }) => {
  const { headers, ...rest } = init
  const options = { ...rest, ...(headers ? { headers: Object.fromEntries(headers) } : {}) }
  const second = Object.keys(options).length ? ', ' + JSON.stringify(options, null, 2) : ''
  return `// on ${page}${sandboxed ? ', in a frame with the attribute sandbox' : ''}\nfetch(${JSON.stringify(url)}${second})`
}

const serverOf = rules => rules.map(({ when, status, headers }) => [
  `${when.method ?? 'any method'}${when.url ? ' ' + when.url : ''}: status ${status}`, ...headers.map(([n, v]) => `  ${n}: ${v}`)].join('\n')).join('\n')

const Answer = ({ p, chosen, correct, score, onNext }) => html`<div class=${chosen === correct ? 'answer good' : 'answer bad'} role="status">
  <p><strong>${chosen === correct ? 'Right.' : 'Not quite.'}</strong> ${answers[correct]}.</p>
  <p>${p.remark}</p>
  <p>${score} right so far.</p>
  <div class="row">
    <button type="button" onClick=${() => { puzzle.value = 0; return load(p.scenario) }}>Look at it</button>
    ${onNext ? html`<button type="button" class="main" onClick=${onNext}>Next puzzle</button>` : html`<p>That was the last one.</p>`}
  </div></div>`

/** Puzzles shows one puzzle. */
export const Puzzles = () => {
  const [chosen, setChosen] = useState('')
  const [correct, setCorrect] = useState('')
  const [score, setScore] = useState(0)
  const number = Math.min(Math.max(1, puzzle.value), puzzles.length)
  const p = puzzles[number - 1]
  const go = n => {
    setChosen(''); setCorrect('')
    puzzle.value = n
    history.pushState(null, '', '#puzzle=' + n)
  }
  const reveal = async word => {
    const { stories: [story] } = await question({ ask: 'judge', engines: ['chromium'], scenario: named(p.scenario) })
    const right = answerOf(story)
    setChosen(word); setCorrect(right)
    if (word === right) setScore(score + 1)
  }
  return html`<section class="puzzle" aria-labelledby="puzzle-title">
    <h2 id="puzzle-title">Puzzle ${number} of ${puzzles.length}: ${p.title}</h2>
    <h3>The page</h3><pre tabindex="0">${codeOf(p.scenario)}</pre>
    <h3>The server</h3><pre tabindex="0">${serverOf(p.scenario.server)}</pre>
    <h3 id="predict">What happens?</h3>
    <div class="choices" role="group" aria-labelledby="predict">${Object.entries(answers).map(([word, text]) => html`<button type="button"
      aria-pressed=${chosen === word ? 'true' : 'false'} disabled=${chosen !== ''} onClick=${() => reveal(word)}>${text}</button>`)}</div>
    ${correct && html`<${Answer} p=${p} chosen=${chosen} correct=${correct} score=${score} onNext=${number < puzzles.length ? () => go(number + 1) : undefined} />`}
  </section>`
}
