// Who answers the questions: the WebAssembly module in a worker, or the program that
// serves the page.

/** connect returns the function that asks, and what the page may offer. */
export const connect = async () => {
  const response = await fetch('play.json')
  if (!response.ok) throw new Error(`play.json: status ${response.status}`)
  const offer = await response.json()
  return { offer, ask: offer.module ? askWorker(offer) : askServer }
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

// A worker, so that a page stays usable while the module is compiled. What reads pasted
// texts is a larger module, which is loaded when it is needed first.
const askWorker = offer => {
  const small = inWorker(offer.module)
  let large
  return question => {
    if (question.ask !== 'read' || !offer.readers) return small(question)
    large ??= inWorker(offer.readers)
    return large(question)
  }
}

const inWorker = module => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })
  const waiting = new Map()
  let number = 0
  const fail = error => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.onmessage = ({ data }) => {
    const { resolve, reject } = waiting.get(data.number)
    waiting.delete(data.number)
    if (data.error !== undefined) reject(new Error(data.error))
    else resolve(JSON.parse(data.answer))
  }
  worker.onerror = event => fail(new Error(`the engine did not start: ${event.message}`))
  worker.postMessage({ module: new URL(module, document.baseURI).href })
  return question => new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject })
    worker.postMessage({ number, question: JSON.stringify(question) })
  }).then(checked)
}
