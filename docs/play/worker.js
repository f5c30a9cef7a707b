// The worker that holds the engine. One message brings its module; questions may come before.
import { Engine } from './engine.js'

let start
const engine = new Promise(resolve => { start = resolve })

addEventListener('message', async ({ data }) => {
  if (data.module) {
    start(new Promise(resolve => resolve(new Engine(data.module))))
    engine.then(() => postMessage({ ready: true }), () => {}) // each question reports a fault
    return
  }
  try {
    postMessage({ number: data.number, answer: (await engine).askText(data.question) })
  } catch (error) {
    postMessage({ number: data.number, error: error.message })
  }
})
