import { http, HttpResponse } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, expect, it } from 'vitest'
import { listen } from 'corsim/msw'

const allow = { 'Access-Control-Allow-Origin': '*' }
const server = setupServer(
  http.get('https://api.test/open', () => HttpResponse.json({ a: 1 }, { headers: allow })),
  http.get('https://api.test/shut', () => HttpResponse.json({ a: 1 })),
  http.put('https://api.test/open', () => HttpResponse.json({ a: 1 }, { headers: allow })),
  http.options('https://api.test/open', () => new HttpResponse(null, { status: 204, headers: { ...allow, 'Access-Control-Allow-Methods': 'PUT' } })),
)
const close = listen(server, { page: 'https://myapp.test/', msw: { onUnhandledRequest: 'error' } })
afterAll(close)

it('MSW answers, and the browser judges', async () => {
  expect(await (await fetch('https://api.test/open')).json()).toEqual({ a: 1 })
  expect((await fetch('https://api.test/open', { method: 'PUT' })).status).toBe(200)
  await expect(fetch('https://api.test/shut')).toBeBlockedByCORS('allow-origin-missing')
})
