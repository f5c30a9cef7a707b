/**
 * helpers puts functions into a page, as window.inpage. It runs in the page. No function
 * looks again and again: each one waits for changes of the document.
 * @param {number} limit how long a function waits at most, in milliseconds
 */
export const helpers = limit => {
  const titles = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'Safari (WebKit)' }
  const result = () => document.querySelector('.result')?.textContent ?? ''

  // until waits until a function returns something.
  const until = (what, found) => new Promise((resolve, reject) => {
    const look = () => {
      const value = found()
      if (!value) return false
      observer.disconnect()
      clearTimeout(timer)
      resolve(value)
      return true
    }
    const observer = new MutationObserver(look)
    const timer = setTimeout(() => {
      observer.disconnect()
      reject(new Error(`${what} does not come; the page says: ${document.body.textContent.slice(0, 500)}`))
    }, limit)
    if (!look()) observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  })

  const enter = (field, value, event) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value)
    field.dispatchEvent(new Event(event, { bubbles: true }))
  }

  const verdicts = () => [...document.querySelectorAll('.result section:has(> h3[id^=call-])')]
    .map(call => [...call.querySelectorAll(':scope > p.verdict')].map(p => p.textContent))

  window.inpage = {
    until, result, verdicts,
    ready: () => until('a verdict with the examples, or a puzzle', () => document.querySelector('.puzzle') ||
      document.querySelector('.result section .verdict') && document.querySelectorAll('#example option').length > 1),
    type: (selector, text) => enter(document.querySelector(selector), text, 'input'),
    click: text => [...document.querySelectorAll('button')].find(b => b.textContent.trim() === text).click(),

    // choose selects an example and waits for its verdict.
    choose(name) {
      enter(document.querySelector('#example'), name, 'change')
      return until(name, () => document.querySelector('.result')?.dataset.example === name)
    },

    // follow goes to a fragment and waits for what it shows.
    follow(hash) {
      location.hash = hash
      const example = hash.split('#example=')[1]
      const shown = {
        '': () => true,
        '#puzzle': () => document.querySelector('.puzzle'),
        '#v1': () => document.querySelector('[role=alert]'),
        '#example': () => document.querySelector('.result')?.dataset.example === example,
      }
      return until(hash, shown[hash.split('=')[0]])
    },

    // differences compares the verdicts with those of the command.
    differences(name, want) {
      const got = verdicts()
      return Object.entries(want).flatMap(([engine, lines]) => lines.flatMap((verdict, i) => {
        const line = got[i]?.find(l => l.startsWith('All three browsers: ') || l.split(': ')[0].includes(titles[engine]))
        return line?.replace(/^[^:]*: /, '') === verdict ? [] : [`${name}, ${engine}, call ${i + 1}: ${line}, and the command says ${verdict}`]
      }))
    },

    // tried tries the example in this browser and returns what the page says about it.
    async tried() {
      const status = () => document.querySelector('section[aria-labelledby=try] [role=status]')
      await until('an empty outcome', () => status()?.childElementCount === 0)
      this.click('Try it')
      await until('an outcome', () => status().childElementCount > 0)
      return status().textContent
    },
  }
}
