// Who answers the questions: the WebAssembly module in a worker, or the program that
// serves the page.

/**
 * connect returns the function that asks, and what the page may offer, which is in the
 * page. A program that somebody pasted may never end.
 * @param {number} longest how long it may run, in milliseconds
 */
export const connect = (longest = 60_000) => {
  const offer = JSON.parse(document.querySelector('meta[name=corsim-offer]').content)
  return { offer, ask: offer.module ? askWorker(offer, longest) : askServer }
}

const checked = answer => {
  if (answer.error !== undefined) throw new Error(answer.error)
  return answer
}

const askServer = async question => {
  const response = await fetch('ask', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question) })
  if (!response.ok) throw new Error(`corsim play does not answer: status ${response.status}`)
  return checked(await response.json())
}

// A worker, so that a page stays usable while the engine works. What reads pasted texts,
// and what modules and style sheets import, is a larger module, and what runs servers in
// JavaScript a third one. Each is loaded when it is needed first.
const askWorker = (offer, longest) => {
  const judge = inWorker(offer.module)
  let inReaders, scripts
  const readers = question => (inReaders ??= inWorker(offer.readers))(question)
  return async question => {
    if (!offer.readers) return judge(question)
    if (question.ask !== 'read') {
      const answer = await judge(question)
      if (answer.needs !== 'parsers') return answer
      return readers(question).catch(error => {
        if (question.ask === 'explain') throw error // nothing was explained without them
        return answer
      })
    }
    const answer = await readers(question)
    if (answer.needs !== 'javascript') return answer
    if (!offer.javascript) throw new Error(`This is ${answer.what}, which this site does not run: corsim check --config FILE does.`)
    scripts ??= inWorker(offer.javascript, longest)
    return scripts(question).catch(error => {
      if (error instanceof Endless) scripts = undefined
      throw error
    })
  }
}

class Endless extends Error {}

// compiled loads a module and compiles it while it arrives, where the server says what it
// is. The page does that, in threads of the browser's, while the worker starts.
const compiled = async url => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: status ${response.status}`)
  const streams = response.headers.get('Content-Type') === 'application/wasm'
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer())
}

// inWorker returns the function that asks a module. With a limit, the worker ends when
// an answer takes longer.
const inWorker = (module, limit) => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
  const waiting = new Map()
  let number = 0
  let failed
  const fail = error => {
    failed = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  let ready = false
  let timer
  // The limit begins when the module is there: a slow network is no fault of the program.
  const watch = () => {
    clearTimeout(timer)
    if (limit && ready && waiting.size > 0) timer = setTimeout(() => {
      worker.terminate()
      fail(new Endless(`The program did not end within ${limit / 1000} s.`))
    }, limit)
  }
  worker.onmessage = ({ data }) => {
    if (data.ready) {
      ready = true
      return watch()
    }
    const { resolve, reject } = waiting.get(data.number)
    waiting.delete(data.number)
    watch()
    if (data.error !== undefined) reject(new Error(data.error))
    else resolve(JSON.parse(data.answer))
  }
  worker.onerror = event => fail(new Error(`the engine did not start: ${event.message}`))
  compiled(module).then(module => worker.postMessage({ module }), fail)
  return question => new Promise((resolve, reject) => {
    if (failed) return reject(failed)
    waiting.set(++number, { resolve, reject })
    worker.postMessage({ number, question: JSON.stringify(question) })
    watch()
  }).then(checked)
}

/**
 * connected is what connect returns, for the page. The page runs this script as soon as it is
 * there, so that the engine starts while the other scripts arrive and draw the page. Outside
 * of a page, in tests, there is nobody to ask.
 */
export const connected = globalThis.document ? connect() : { offer: {} }
