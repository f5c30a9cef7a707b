// The page in a real browser. TestBrowser runs it.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { extname, join } from 'node:path'
import { chromium } from 'playwright-core'

const { SITE, NATIVE, EXPECTED, SCREENSHOTS, CHROMIUM = '/usr/bin/chromium' } = process.env
const axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8')

const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.jsonl': 'text/plain', '.wasm': 'application/wasm' }
const files = http.createServer(async (request, response) => {
  const path = new URL(request.url, 'http://x').pathname
  try {
    const data = await readFile(join(SITE, path === '/' ? 'index.html' : path))
    response.writeHead(200, { 'Content-Type': kinds[extname(path) || '.html'] }).end(data)
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise(resolve => files.listen(0, '127.0.0.1', resolve))
const site = `http://127.0.0.1:${files.address().port}/`

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-background-networking'] })
const faults = []
const opened = async (url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, reducedMotion: 'reduce', ...options })
  const page = await context.newPage()
  page.on('pageerror', error => faults.push(error.message))
  page.on('request', request => { if (!/^(data:|http:\/\/127\.0\.0\.1:)/.test(request.url())) faults.push(`a request to ${request.url()}`) })
  await page.goto(url)
  await page.waitForSelector('.result section .verdict, .puzzle')
  return page
}

const titles = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'Safari (WebKit)' }
const verdictsOf = page => page.$$eval('.result section:has(> h3[id^=call-])', sections => sections.map(s => [...s.querySelectorAll(':scope > p.verdict')].map(p => p.textContent)))

// choose selects an example and waits until its verdict is there.
const choose = async (page, name) => {
  await page.selectOption('#example', name)
  await page.waitForFunction(name => document.querySelector('.result')?.dataset.example === name, name)
}

const checks = {
  async 'each example gives what the command gives'() {
    const page = await opened(site)
    const expected = JSON.parse(await readFile(EXPECTED, 'utf8'))
    assert.equal(await page.locator('#example option').count() - 1, Object.keys(expected).length)
    for (const [name, want] of Object.entries(expected)) {
      await choose(page, name)
      const got = await verdictsOf(page)
      for (const [engine, verdicts] of Object.entries(want)) {
        verdicts.forEach((verdict, i) => {
          const line = got[i]?.find(l => l.startsWith('All three browsers: ') || l.split(': ')[0].includes(titles[engine]))
          assert.equal(line?.replace(/^[^:]*: /, ''), verdict, `${name}, ${engine}, call ${i + 1}`)
        })
      }
    }
    await page.context().close()
    return `${Object.keys(expected).length} examples`
  },

  async 'without a network'() {
    const page = await opened(site)
    await page.context().setOffline(true)
    await choose(page, 'reason-allow-origin-missing')
    await page.fill('#page', 'https://api.example.com/')
    await page.waitForFunction(() => /All three browsers: shared/.test(document.querySelector('.result').textContent))
    await page.context().close()
  },

  async 'the repair, with the keyboard alone'() {
    const page = await opened(site)
    for (let i = 0; i < 80 && !await page.evaluate(() => document.activeElement.textContent.startsWith('Apply the repair')); i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => /All three browsers: shared/.test(document.querySelector('.result').textContent))
    assert.equal(await page.locator('[role=status][aria-live=polite]').count(), 1)
    await page.waitForFunction(() => document.querySelector('[aria-live=polite]').textContent === 'All three browsers: shared')
    await page.goBack()
    await page.waitForFunction(() => /method-not-allowed/.test(document.querySelector('.result').textContent))
    await page.context().close()
  },

  async 'a link opens the same state'() {
    const page = await opened(site)
    await page.fill('#step-0-method', 'PATCH')
    await page.waitForFunction(() => /PATCH is not in/.test(document.querySelector('.result').textContent))
    const other = await opened(page.url())
    assert.deepEqual(await verdictsOf(other), await verdictsOf(page))
    await other.context().close()
    await page.context().close()
  },

  async 'what is pasted'() {
    const page = await opened(site)
    await page.click('summary:has-text("Paste")')
    await page.fill('#paste', "Access to fetch at 'https://a.test/' from origin 'https://b.test' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.")
    await page.waitForSelector('.explanation')
    assert.match(await page.textContent('.explanation'), /allow-origin-missing/)
    await page.fill('#paste', "curl 'https://api.test/x' -X DELETE -H 'Origin: https://a.test'")
    await page.waitForFunction(() => /DELETE https:\/\/api\.test\/x/.test(document.querySelector('.result').textContent), null, { timeout: 90_000 })
    await page.fill('#paste', 'server { location / { add_header Access-Control-Allow-Origin * always; return 204; } }')
    await page.waitForFunction(() => /Read as an nginx configuration/.test(document.querySelector('#paste-found').textContent))
    await page.context().close()
  },

  async 'copies'() {
    const page = await opened(site)
    for (const [form, want] of Object.entries({ curl: /^curl -i -X OPTIONS/, 'Go test': /corstest\.Check/, 'Vitest test': /toBeBlockedByCORS/, scenario: /"name":"playground"/ })) {
      await page.click(`button:has-text("Copy as ${form}")`)
      await page.waitForFunction(source => new RegExp(source).test(document.querySelector('.copied')?.textContent), want.source)
    }
    await page.context().close()
  },

  async 'ten puzzles'() {
    const page = await opened(site + '#puzzle=1')
    for (let i = 1; i <= 10; i++) {
      await page.waitForSelector(`h2:has-text("Puzzle ${i} of 10")`)
      await page.click('.choices button >> nth=0')
      await page.waitForSelector('.answer')
      if (i < 10) await page.click('button:has-text("Next puzzle")')
    }
    assert.match(await page.textContent('.answer'), /2 right so far/)
    await page.context().close()
  },

  async 'axe finds nothing'() {
    let passes = 0
    for (const colorScheme of ['light', 'dark']) {
      for (const hash of ['', '#example=guide-why-1', '#example=reason-redirect-limit', '#puzzle=5', '#v1=damaged']) {
        const page = await opened(site + hash, { colorScheme })
        if (hash === '') await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true }))
        if (hash === '#puzzle=5') {
          await page.click('.choices button >> nth=2')
          await page.waitForSelector('.answer')
        }
        await page.evaluate(axe)
        const result = await page.evaluate(() => window.axe.run())
        passes += result.passes.length
        assert.deepEqual(result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`), [], `${colorScheme} ${hash}`)
        await page.context().close()
      }
    }
    return `${passes} rules passed`
  },

  async 'small windows and 200 % zoom'() {
    for (const width of [320, 640]) {
      const page = await opened(site, { viewport: { width, height: 700 } })
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `the page is wider than ${width} pixels`)
      await page.context().close()
    }
  },

  async 'this browser agrees'() {
    const page = await opened(NATIVE)
    const names = await page.$$eval('#example option', options => options.map(o => o.value).filter(Boolean))
    let tried = 0
    const differ = []
    for (const name of names) {
      await choose(page, name)
      await page.waitForSelector('section[aria-labelledby=try] [role=status] > *', { state: 'detached' })
      await page.click('button:text-is("Try it")')
      await page.waitForSelector('section[aria-labelledby=try] [role=status] > *')
      const text = await page.textContent('section[aria-labelledby=try] [role=status]')
      if (/^Your browser does/.test(text)) differ.push(`${name}: ${text}`)
      if (/^Your browser/.test(text)) tried++
    }
    await page.context().close()
    assert.deepEqual(differ, [])
    assert.ok(tried > 100, `only ${tried} examples could be tried`)
    return `${tried} examples`
  },

  async screenshots() {
    if (!SCREENSHOTS) return 'none wanted'
    for (const colorScheme of ['light', 'dark']) {
      for (const [name, width, height, hash] of [['page', 1280, 1100, ''], ['phone', 390, 1600, ''], ['puzzle', 900, 800, '#puzzle=7']]) {
        const page = await opened(site + hash, { colorScheme, viewport: { width, height } })
        await page.screenshot({ path: join(SCREENSHOTS, `${name}-${colorScheme}.png`) })
        if (name === 'page') {
          await page.locator('#sequence').scrollIntoViewIfNeeded()
          await page.screenshot({ path: join(SCREENSHOTS, `${name}-below-${colorScheme}.png`), fullPage: true })
        }
        await page.context().close()
      }
    }
  },
}

let failed = false
for (const [name, check] of Object.entries(checks)) {
  if (process.env.ONLY && !name.includes(process.env.ONLY)) continue
  const start = performance.now()
  try {
    const note = await check()
    console.log(`ok ${name}${note ? `: ${note}` : ''} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed = true
    console.log(`FAILED ${name}: ${error.message}`)
  }
}
if (faults.length) {
  failed = true
  console.log('faults of the page:', faults)
}
await browser.close()
files.close()
process.exitCode = failed ? 1 : 0
