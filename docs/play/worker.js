// The worker that holds the engine. Its first message names the module.
import { Engine } from './engine.js'

let engine

const load = async url => {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url}: status ${response.status}`)
  // Compiled while it arrives, where the server says what it is.
  const streams = response.headers.get('Content-Type') === 'application/wasm'
  return new Engine(await (streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer())))
}

addEventListener('message', async ({ data }) => {
  if (data.module !== undefined) {
    engine = load(data.module)
    engine.then(() => postMessage({ ready: true }), () => {}) // each question reports a fault
    return
  }
  try {
    postMessage({ number: data.number, answer: (await engine).askText(data.question) })
  } catch (error) {
    postMessage({ number: data.number, error: error.message })
  }
})
