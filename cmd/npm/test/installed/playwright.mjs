// Mocks of Playwright, judged: node playwright.mjs CHROMIUM
import assert from 'node:assert/strict'
import { playwright } from 'corsim/playwright'
import { chromium } from 'playwright-core'

const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox'] })
try {
  const page = await browser.newPage()
  await page.route('https://myapp.test/', route => route.fulfill({ contentType: 'text/html', body: '<title>app</title>' }))
  const allow = [['Access-Control-Allow-Origin', 'https://myapp.test']]
  const reasons = []
  const answer = rules => page.route('https://api.test/**', playwright(rules, { onBlocked: cors => reasons.push(cors.reason) }))
  await page.goto('https://myapp.test/')
  const call = init => page.evaluate(init => fetch('https://api.test/users', init).then(r => r.text(), String), init)

  await answer([{ status: 200, body: 'no headers' }])
  assert.equal(await call(), 'TypeError: Failed to fetch')
  await page.unroute('https://api.test/**')

  await answer([{ when: { method: 'GET' }, status: 200, headers: allow, body: 'shared' }, { when: { method: 'PUT' }, status: 200, headers: allow }])
  assert.equal(await call(), 'shared')
  assert.equal(await call({ method: 'PUT' }), 'TypeError: Failed to fetch')
  assert.equal(reasons[0], 'allow-origin-missing')
  assert.equal(reasons.length, 2)
  console.log('ok', reasons.join(' '))
} finally {
  await browser.close()
}
