// The worker that holds the engine. One message brings its module; questions may come before.
import { Engine } from './engine.js'

let start, fail
const engine = new Promise((resolve, reject) => { start = resolve; fail = reject })
engine.catch(() => {}) // each question reports a fault

addEventListener('message', async ({ data }) => {
  if (data.module) {
    try {
      const made = new Engine(data.module)
      // Before the first question, which may never end.
      postMessage({ ready: true })
      start(made)
    } catch (error) {
      fail(error)
    }
    return
  }
  try {
    postMessage({ number: data.number, answer: (await engine).askText(data.question) })
  } catch (error) {
    postMessage({ number: data.number, error: error.message })
  }
})
