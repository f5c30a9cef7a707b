// What the ten puzzles have as their answers, and which scenarios can be tried in a browser.
import test from 'node:test'
import assert from 'node:assert/strict'
import { answerOf, puzzles } from '../../../../docs/play/puzzles.js'
import { movable, moved } from '../../../../docs/play/try.js'
import { first, named } from '../../../../docs/play/state.js'

const ask = async question => {
  const response = await fetch(process.env.PLAYGROUND + '/ask', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question),
  })
  const answer = await response.json()
  assert.equal(answer.error, undefined)
  return answer
}

test('the answers of the puzzles', async () => {
  const want = ['shared', 'hidden', 'shared', 'hidden', 'preflight', 'hidden', 'hidden', 'opaque', 'hidden', 'hidden']
  for (const engine of ['spec', 'chromium', 'firefox', 'webkit']) {
    const got = []
    for (const { scenario } of puzzles) {
      const { stories: [story] } = await ask({ ask: 'judge', engines: [engine], scenario: named(scenario) })
      got.push(answerOf(story))
    }
    assert.deepEqual(got, want, engine)
  }
})

test('what can be tried in a browser', () => {
  const s = first()
  assert.equal(movable(s), '')
  assert.match(movable({ ...s, sandboxed: true }), /Sandboxed/)
  assert.match(movable({ ...s, steps: [{ xhr: { url: 'https://a.test/' } }] }), /fetch/)
  assert.match(movable({ ...s, server: [...s.server, { when: { url: 'https://third.test/' }, status: 200 }] }), /third/)
  const there = moved(s, 'http://127.0.0.1:1', 'http://127.0.0.1:2')
  assert.equal(there.page, 'http://127.0.0.1:1/')
  assert.equal(there.steps[0].fetch.url, 'http://127.0.0.1:2/users')
  assert.deepEqual(there.server[0].headers, [['Access-Control-Allow-Origin', 'http://127.0.0.1:1']])
  assert.equal(there.server[1].when.url, 'http://127.0.0.1:2/users')
  const upper = { ...s, steps: [{ fetch: { url: 'HTTPS://API.EXAMPLE.com/users' } }] }
  assert.equal(moved(upper, 'http://127.0.0.1:1', 'http://127.0.0.1:2').steps[0].fetch.url, 'http://127.0.0.1:2/users')
})
