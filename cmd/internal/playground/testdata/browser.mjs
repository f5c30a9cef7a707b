// The page in a real browser. TestBrowser runs it. BROWSER is chromium, which is driven by
// the DevTools protocol, or firefox, which is driven by WebDriver BiDi.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'
import { helpers } from './inpage.mjs'
import { serve } from './files.mjs'

const { BROWSER, PROGRAM, SITE, NATIVE, EXPECTED, READINGS, SCREENSHOTS, ONLY = '' } = process.env

// No check depends on time. A machine that does other work may be very slow.
const limit = 20 * 60_000
const limitInPage = 10 * 60_000
// Pages that are open at the same time.
const together = 3

const axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8')
const examples = Object.entries(JSON.parse(await readFile(EXPECTED, 'utf8')))
const readings = JSON.parse(await readFile(READINGS, 'utf8'))
const files = await serve(SITE)

const fragmentOf = scenario => '#v1=' + Buffer.from(JSON.stringify(scenario)).toString('base64url')

const browser = await puppeteer.launch({
  browser: BROWSER === 'firefox' ? 'firefox' : 'chrome',
  executablePath: PROGRAM, headless: true, timeout: limit, protocolTimeout: limit,
  args: BROWSER === 'firefox' ? [] : ['--no-sandbox', '--disable-background-networking', '--force-prefers-reduced-motion'],
  extraPrefsFirefox: { 'ui.prefersReducedMotion': 1 },
})
const faults = []

// Firefox loses windows that open and close at the same time, so they take turns.
let turn = Promise.resolve()
const inTurn = change => {
  const done = turn.then(change)
  turn = done.catch(() => {})
  return done
}

// opened opens the page in a context of its own, gives it to a function and closes it.
const opened = async (url, { colorScheme, viewport = { width: 1280, height: 1000 }, before }, use) => {
  const { context, page } = await inTurn(async () => {
    const context = await browser.createBrowserContext()
    return { context, page: await context.newPage() }
  })
  try {
    page.setDefaultTimeout(limit)
    // Firefox reports its own lines about requests like errors of script; the trials have many.
    page.on('pageerror', error => { if (!/^(Cross-Origin Request (Blocked|Warning): |Blocked loading |The resource (at|from) “|Content-Security-Policy: The page’s settings blocked |Security Error: Content at )/.test(error.message)) faults.push(error.message) })
    page.on('request', request => { if (!/^(data:|http:\/\/127\.0\.0\.1:)/.test(request.url())) faults.push(`a request to ${request.url()}`) })
    await page.setViewport(viewport)
    if (colorScheme) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colorScheme }])
    if (before) await page.evaluateOnNewDocument(before)
    await page.goto(url, { waitUntil: 'domcontentloaded' })
    await page.evaluate(helpers, limitInPage)
    await page.evaluate(() => inpage.ready())
    return await use(page)
  } finally {
    await inTurn(() => context.close())
  }
}

// inShares lets several pages take turns with the examples, and joins what they return.
const inShares = async (url, pages, use) => {
  const shares = Array.from({ length: pages }, (_, k) => examples.filter((_, i) => i % pages === k))
  return (await Promise.all(shares.map(share => opened(url, {}, page => page.evaluate(use, share))))).flat()
}

const schemes = BROWSER === 'firefox' ? [undefined] : ['light', 'dark']

// Checks that run alone: keys go to the window that has the focus.
const alone = {
  async 'the repair, with the keyboard alone'() {
    await opened(files.url, {}, async page => {
      const atRepair = () => page.evaluate(() => document.activeElement.textContent.startsWith('Apply the repair'))
      for (let i = 0; i < 80 && !await atRepair(); i++) await page.keyboard.press('Tab')
      assert.ok(await atRepair(), 'the key Tab does not reach the repair')
      await page.keyboard.press('Enter')
      const live = await page.evaluate(async () => {
        await inpage.until('the repair', () => /All three browsers: shared/.test(inpage.result()))
        await inpage.until('the announcement', () => document.querySelector('[aria-live=polite]').textContent === 'All three browsers: shared')
        const regions = document.querySelectorAll('[role=status][aria-live=polite]').length
        history.back()
        await inpage.until('the step back', () => /method-not-allowed/.test(inpage.result()))
        return regions
      })
      assert.equal(live, 1)
    })
  },
}

const checks = {
  async 'each example gives what the command gives'() {
    const differ = await inShares(files.url, 2, async share => {
      const out = []
      for (const [name, want] of share) {
        await inpage.choose(name)
        out.push(...inpage.differences(name, want))
      }
      return out
    })
    assert.deepEqual(differ, [])
    const offered = await opened(files.url, {}, page => page.evaluate(() => document.querySelectorAll('#example option').length - 1))
    assert.equal(offered, examples.length)
    return `${offered} examples`
  },

  async 'without a network'() {
    const own = await serve(SITE)
    await opened(own.url, {}, async page => {
      await own.close()
      await page.evaluate(async () => {
        await inpage.choose('reason-allow-origin-missing')
        inpage.type('#page', 'https://api.example.com/')
        await inpage.until('a verdict', () => /All three browsers: shared/.test(inpage.result()))
      })
    })
  },

  async 'a link opens the same state'() {
    const typed = await opened(files.url, {}, page => page.evaluate(async () => {
      inpage.type('#step-0-method', 'PATCH')
      await inpage.until('the reason', () => /PATCH is not in/.test(inpage.result()))
      return { url: location.href, verdicts: inpage.verdicts() }
    }))
    assert.deepEqual(await opened(typed.url, {}, page => page.evaluate(() => inpage.verdicts())), typed.verdicts)
  },

  async 'what is pasted'() {
    await opened(files.url, {}, page => page.evaluate(async () => {
      document.querySelector('.paste').open = true
      inpage.type('#paste', "Access to fetch at 'https://a.test/' from origin 'https://b.test' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.")
      await inpage.until('the explanation', () => /allow-origin-missing/.test(document.querySelector('.explanation')?.textContent))
      inpage.type('#paste', "curl 'https://api.test/x' -X DELETE -H 'Origin: https://a.test'")
      await inpage.until('the call of curl', () => /DELETE https:\/\/api\.test\/x/.test(inpage.result()))
      inpage.type('#paste', 'server { location / { add_header Access-Control-Allow-Origin * always; return 204; } }')
      await inpage.until('the configuration', () => /Read as an nginx configuration/.test(document.querySelector('#paste-found').textContent))
    }))
  },

  async 'servers in JavaScript'() {
    const { found, endless, shown } = await opened(files.url, {}, page => page.evaluate(async readings => {
      const { connect } = await import('./asking.js')
      const patient = await connect(600_000)
      const asked = (question, { ask } = patient) => ask({ ask: 'read', ...question }).catch(error => ({ error: error.message }))
      const found = []
      for (const { question } of readings) found.push(await asked(question))
      const endless = await asked({ ...readings[0].question, text: "const app = require('express')(); for (;;);" }, await connect(1000))
      document.querySelector('.paste').open = true
      inpage.type('#paste', readings[0].question.text)
      const shown = await inpage.until('the server', () => /Read as a server in JavaScript/.test(document.querySelector('#paste-found').textContent))
      return { found, endless, shown }
    }, readings))
    assert.deepEqual(found, readings.map(r => r.answer))
    assert.deepEqual(endless, { error: 'The program did not end within 1 s.' })
    assert.ok(shown)
    return `${found.length} servers`
  },

  // The modules that read texts and run servers arrive with the first server; the others need no network.
  async 'servers in JavaScript without a network'() {
    const own = await serve(SITE)
    const found = await opened(own.url, {}, async page => {
      const read = some => page.evaluate(async questions => {
        const { connected } = await import('./asking.js')
        const out = []
        for (const question of questions) out.push(await connected.ask({ ask: 'read', ...question }).catch(error => ({ error: error.message })))
        return out
      }, some.map(r => r.question))
      const first = await read(readings.slice(0, 1))
      await own.close()
      return [...first, ...await read(readings.slice(1))]
    })
    assert.deepEqual(found, readings.map(r => r.answer))
    return `${found.length} servers`
  },

  // The first module cannot read modules; the page asks the second one by itself.
  async 'what a module imports'() {
    await opened(files.url + fragmentOf({
      page: 'https://myapp.com/',
      server: [
        { when: { url: 'https://cdn.test/a.js' }, status: 200, headers: [['Content-Type', 'text/javascript'], ['Access-Control-Allow-Origin', '*']], body: "import './b.js'" },
        { when: {}, status: 200, headers: [['Content-Type', 'text/javascript']], body: '' },
      ],
      steps: [{ element: { tag: 'module', url: 'https://cdn.test/a.js' } }],
    }), {}, page => page.evaluate(() => inpage.until('the import', () => /GET https:\/\/cdn\.test\/b\.js/.test(inpage.result()))))
  },

  async copies() {
    await opened(files.url, {}, page => page.evaluate(async () => {
      for (const [form, want] of Object.entries({ curl: /^curl -i -X OPTIONS/, 'Go test': /corstest\.Check/, 'Vitest test': /toBeBlockedByCORS/, scenario: /"name":"playground"/ })) {
        inpage.click(`Copy as ${form}`)
        await inpage.until(form, () => want.test(document.querySelector('.copied')?.textContent))
      }
    }))
  },

  async 'ten puzzles'() {
    await opened(files.url + '#puzzle=1', {}, page => page.evaluate(async () => {
      for (let i = 1; i <= 10; i++) {
        await inpage.until(`puzzle ${i}`, () => document.querySelector('h2')?.textContent.startsWith(`Puzzle ${i} of 10`))
        document.querySelector('.choices button').click()
        await inpage.until('the answer', () => document.querySelector('.answer'))
        if (i < 10) inpage.click('Next puzzle')
      }
      await inpage.until('the score', () => /2 right so far/.test(document.querySelector('.answer').textContent))
    }))
  },

  async 'axe finds nothing'() {
    let passes = 0
    for (const colorScheme of schemes) {
      await opened(files.url, { colorScheme }, async page => {
        await page.evaluate(axe)
        for (const hash of ['', '#example=guide-why-1', '#example=reason-redirect-limit', '#puzzle=5', '#v1=damaged']) {
          const violations = await page.evaluate(async hash => {
            await inpage.follow(hash)
            if (hash === '') document.querySelectorAll('details').forEach(d => { d.open = true })
            if (hash === '#puzzle=5') {
              document.querySelectorAll('.choices button')[2].click()
              await inpage.until('the answer', () => document.querySelector('.answer'))
            }
            const { passes, violations } = await window.axe.run()
            return { passes: passes.length, found: violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(' ')}`) }
          }, hash)
          passes += violations.passes
          assert.deepEqual(violations.found, [], `${colorScheme ?? ''} ${hash}`)
        }
      })
    }
    return `${passes} rules passed`
  },

  async 'small windows and 200 % zoom'() {
    await opened(files.url, { viewport: { width: 320, height: 700 } }, async page => {
      for (const width of [320, 640]) {
        await page.setViewport({ width, height: 700 })
        assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), `the page is wider than ${width} pixels`)
      }
    })
  },

  // A mistake is named as the form names it, at the lower edge of a window of each width.
  async 'a mistake in the form'() {
    for (const width of [390, 1280]) {
      await opened(files.url, { viewport: { width, height: 700 } }, async page => {
        const seen = await page.evaluate(async () => {
          inpage.type('input[id$="-status"]', 'abc')
          const wrong = await inpage.until('the mistake', () => document.querySelector('.now.wrong'))
          const { bottom } = wrong.getBoundingClientRect()
          return { text: wrong.textContent, atEdge: Math.abs(bottom - innerHeight) < 2 }
        })
        assert.deepEqual(seen, { text: 'Answer 1, status: want a whole number from 100 to 999, not 0', atEdge: true }, `${width} pixels`)
      })
    }
  },

  // The server of the page has one trial at a time, so one page asks.
  async 'this browser agrees'() {
    const found = await inShares(NATIVE, 1, async share => {
      const out = []
      for (const [name] of share) {
        await inpage.choose(name)
        out.push(`${name}: ${await inpage.tried()}`)
      }
      return out
    })
    const compared = found.filter(line => /: Your browser/.test(line))
    assert.deepEqual(compared.filter(line => /: Your browser does/.test(line)), [])
    assert.ok(compared.length > 100, `only ${compared.length} examples could be tried`)
    return `${compared.length} examples`
  },

  async screenshots() {
    if (!SCREENSHOTS) return 'none wanted'
    for (const colorScheme of schemes) {
      for (const [name, viewport, hash] of [
        ['page', { width: 1280, height: 1100 }, ''], ['phone', { width: 390, height: 844, deviceScaleFactor: 2 }, ''],
        ['zoom', { width: 640, height: 550, deviceScaleFactor: 2 }, ''], ['puzzle', { width: 900, height: 800 }, '#puzzle=7'],
      ]) {
        await opened(files.url + hash, { colorScheme, viewport }, async page => {
          const to = kind => join(SCREENSHOTS, `${name}${kind}-${colorScheme ?? BROWSER}.png`)
          await page.screenshot({ path: to('') })
          await page.screenshot({ path: to('-whole'), fullPage: true })
        })
      }
    }
  },
}

// firstVerdict says when a verdict is there, after a cold and after a warm start.
const firstVerdict = async () => {
  const seen = () => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('.result section .verdict')) return
      window.verdictAfter = performance.now()
      observer.disconnect()
    })
    observer.observe(document, { subtree: true, childList: true })
  }
  return opened(files.url, { before: seen }, async page => {
    const times = [await page.evaluate(() => window.verdictAfter)]
    for (let i = 0; i < 2; i++) {
      await page.reload({ waitUntil: 'domcontentloaded' })
      await page.evaluate(helpers, limitInPage)
      times.push(await page.evaluate(() => inpage.ready().then(() => window.verdictAfter)))
    }
    return times.map(ms => `${Math.round(ms)} ms`).join(', ')
  })
}

let failed = false
const run = async ([name, check]) => {
  const start = performance.now()
  try {
    const note = await check()
    console.log(`ok ${name}${note ? `: ${note}` : ''} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  } catch (error) {
    failed = true
    console.log(`FAILED ${name}: ${error.message}`)
  }
}

const chosen = all => Object.entries(all).filter(([name]) => name.includes(ONLY))
if ('first verdict'.includes(ONLY)) console.log(`the first verdict after opening, and after two reloads: ${await firstVerdict()}`)
for (const check of chosen(alone)) await run(check)
const wanted = chosen(checks)
await Promise.all(Array.from({ length: together }, async () => {
  while (wanted.length > 0) await run(wanted.shift())
}))
if (faults.length) {
  failed = true
  console.log('faults of the page:', faults)
}
await browser.close()
await files.close()
process.exitCode = failed ? 1 : 0
