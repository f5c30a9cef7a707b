// The state of the page in its URL, and the texts of headers.
import test from 'node:test'
import assert from 'node:assert/strict'
import { first, fragmentOf, headersOf, inWords, read, textOf, withoutCase } from '../../../../docs/play/state.js'

// Links that people may have kept. They must work for ever: add to the list, and change nothing in it.
const oldLinks = [
  ['#v1=eyJwYWdlIjoiaHR0cHM6Ly9teWFwcC5jb20vIiwic2VydmVyIjpbeyJ3aGVuIjp7Im1ldGhvZCI6Ik9QVElPTlMiLCJ1cmwiOiJodHRwczovL2FwaS5leGFtcGxlLmNvbS91c2VycyJ9LCJzdGF0dXMiOjIwNCwiaGVhZGVycyI6W1siQWNjZXNzLUNvbnRyb2wtQWxsb3ctT3JpZ2luIiwiaHR0cHM6Ly9teWFwcC5jb20iXV19LHsid2hlbiI6eyJ1cmwiOiJodHRwczovL2FwaS5leGFtcGxlLmNvbS91c2VycyJ9LCJzdGF0dXMiOjIwMCwiaGVhZGVycyI6W1siQ29udGVudC1UeXBlIiwiYXBwbGljYXRpb24vanNvbiJdLFsiQWNjZXNzLUNvbnRyb2wtQWxsb3ctT3JpZ2luIiwiaHR0cHM6Ly9teWFwcC5jb20iXV0sImJvZHkiOiJ7fSJ9XSwic3RlcHMiOlt7ImZldGNoIjp7InVybCI6Imh0dHBzOi8vYXBpLmV4YW1wbGUuY29tL3VzZXJzIiwibWV0aG9kIjoiUFVUIiwiaGVhZGVycyI6W1siQ29udGVudC1UeXBlIiwiYXBwbGljYXRpb24vanNvbiJdXSwiYm9keSI6Int9In19XX0', 'https://myapp.com/', 1, 2],
  ['#v1=eyJwYWdlIjoiaHR0cHM6Ly9tw7xuY2hlbi5leGFtcGxlLyIsInNhbmRib3hlZCI6dHJ1ZSwic2VydmVyIjpbeyJ3aGVuIjp7fSwic3RhdHVzIjoyMDAsImhlYWRlcnMiOltbIlgtQSIsIsO84oKsIl1dfV0sInN0ZXBzIjpbeyJlbGVtZW50Ijp7InRhZyI6ImltZyIsInVybCI6Imh0dHBzOi8vYS50ZXN0L8O8LnBuZyJ9fV19', 'https://münchen.example/', 1, 1],
  ['#v1=eyJwYWdlIjoiaHR0cHM6Ly9teWFwcC5jb20vIiwiY29va2llcyI6W3sidXJsIjoiaHR0cHM6Ly9hcGkuZXhhbXBsZS5jb20vIiwic2V0Ijoic2lkPTE7IFNhbWVTaXRlPU5vbmU7IFNlY3VyZSJ9XSwic2VydmVyIjpbeyJ3aGVuIjp7fSwic3RhdHVzIjoyMDAsImhlYWRlcnMiOltbIkFjY2Vzcy1Db250cm9sLUFsbG93LU9yaWdpbiIsIioiXV19XSwic3RlcHMiOlt7ImZldGNoIjp7InVybCI6Imh0dHBzOi8vYXBpLmV4YW1wbGUuY29tLyIsImNyZWRlbnRpYWxzIjoiaW5jbHVkZSJ9fSx7IndhaXQiOjV9XX0', 'https://myapp.com/', 2, 1],
]

test('old links', () => {
  for (const [link, page, steps, rules] of oldLinks) {
    const { scenario } = read(link)
    assert.equal(scenario.page, page)
    assert.equal(scenario.steps.length, steps)
    assert.equal(scenario.server.length, rules)
    assert.deepEqual(read(fragmentOf(scenario)).scenario, scenario)
  }
  assert.equal(read(oldLinks[0][0]).scenario.steps[0].fetch.method, 'PUT')
  assert.equal(read(oldLinks[1][0]).scenario.server[0].headers[0][1], 'ü€')
})

test('other fragments', () => {
  assert.deepEqual(read(''), {})
  assert.deepEqual(read('#x'), {})
  assert.deepEqual(read('#example=guide-why-1'), { example: 'guide-why-1' })
  assert.deepEqual(read('#puzzle=3'), { puzzle: 3 })
  for (const damaged of ['#v1=', '#v1=%%%%%%', '#v1=e30', '#v1=bnVsbA', oldLinks[0][0].slice(0, 40)]) {
    assert.match(read(damaged).error, /damaged/)
  }
})

test('the first scenario survives its link', () => {
  assert.deepEqual(read(fragmentOf(first())).scenario, first())
})

test('headers', () => {
  const headers = [['A', 'b: c'], ['X', '']]
  assert.deepEqual(headersOf(textOf(headers)), headers)
  assert.deepEqual(headersOf('  A :  b  \n\nC'), [['A', 'b'], ['C', '']])
})

test('examples lose their expectations', () => {
  assert.deepEqual(withoutCase({ name: 'a', page: 'p', note: 'n', expect: {}, source: 's' }), { name: 'a', page: 'p' })
})

test('errors in the words of the form', () => {
  assert.equal(inWords('server[0].status: want a whole number'), 'Answer 1, status: want a whole number')
  assert.equal(inWords('steps[1].fetch.mode: unknown'), 'Call 2, mode: unknown')
  assert.equal(inWords('page: cannot parse "x"'), 'URL of the page: cannot parse "x"')
  assert.equal(inWords('something else'), 'something else')
})
