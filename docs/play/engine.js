// The engine of corsim as WebAssembly: one instance, and questions that are JSON.
// It works in pages, in workers and in Node.js. docs/wasm.md describes the questions.

const decoder = new TextDecoder()
const encoder = new TextEncoder()

// isScript reports whether a text is a script, with the JavaScript engine that runs
// this. It returns 0 for no, 1 for yes and 2 if the page's policy forbids to ask.
const isScript = text => {
  try {
    new Function(text)
    return 1
  } catch (error) {
    return error instanceof SyntaxError ? 0 : 2
  }
}

// system returns what the module needs of WASI: a clock, random bytes, and text that is
// written before it ends. It has no arguments, no environment and no files.
const system = memory => {
  const view = () => new DataView(memory().buffer)
  const none = () => 52 // ENOSYS
  const zeros = (count, size) => {
    view().setUint32(count, 0, true)
    view().setUint32(size, 0, true)
    return 0
  }
  const known = {
    args_sizes_get: zeros, environ_sizes_get: zeros, args_get: () => 0, environ_get: () => 0,
    fd_prestat_get: () => 8, // EBADF: there are no more folders
    sched_yield: () => 0,
    clock_time_get(clock, _precision, at) {
      const now = clock === 0 ? Date.now() : performance.now()
      view().setBigUint64(at, BigInt(Math.round(now * 1e6)), true)
      return 0
    },
    random_get(at, length) {
      crypto.getRandomValues(new Uint8Array(memory().buffer, at, length))
      return 0
    },
    fd_write(_file, parts, count, written) {
      let text = ''
      let size = 0
      for (let i = 0; i < count; i++) {
        const at = view().getUint32(parts + 8 * i, true)
        const length = view().getUint32(parts + 8 * i + 4, true)
        text += decoder.decode(new Uint8Array(memory().buffer, at, length))
        size += length
      }
      console.error(text)
      view().setUint32(written, size, true)
      return 0
    },
    // The runtime sleeps for moments while it collects garbage. Nothing here may wait, so
    // that each wait ends at once: an event for each subscription, with the same user data.
    poll_oneoff(subscriptions, events, count, written) {
      for (let i = 0; i < count; i++) {
        const userData = view().getBigUint64(subscriptions + 48 * i, true)
        const kind = view().getUint8(subscriptions + 48 * i + 8)
        new Uint8Array(memory().buffer, events + 32 * i, 32).fill(0)
        view().setBigUint64(events + 32 * i, userData, true)
        view().setUint8(events + 32 * i + 10, kind)
      }
      view().setUint32(written, count, true)
      return 0
    },
    proc_exit(code) {
      throw new Error(`corsim ended with code ${code}`)
    },
  }
  return new Proxy(known, { get: (all, name) => all[name] ?? none, has: () => true })
}

/** An engine answers questions. It lives in the memory of one WebAssembly instance. */
export class Engine {
  #module
  #exports

  /** @param {WebAssembly.Module} module */
  constructor(module) {
    this.#module = module
    this.#start()
  }

  #start() {
    let exports
    const memory = () => exports.memory
    const text = (at, length) => decoder.decode(new Uint8Array(memory().buffer, at, length))
    const wanted = {}
    for (const { module, name } of WebAssembly.Module.imports(this.#module)) {
      wanted[module] ??= {}
      wanted[module][name] = module === 'corsim' ? (at, length) => isScript(text(at, length)) : system(memory)[name]
    }
    exports = new WebAssembly.Instance(this.#module, wanted).exports
    exports._initialize()
    this.#exports = exports
  }

  /**
   * ask returns the answer to a question. A wrong question throws.
   * @param {object} question
   */
  ask(question) {
    const answer = JSON.parse(this.askText(JSON.stringify(question)))
    if (answer.error !== undefined) throw new Error(`corsim: ${answer.error}`)
    return answer
  }

  /**
   * askText returns the text of the answer to the text of a question.
   * @param {string} question
   */
  askText(question) {
    const bytes = encoder.encode(question)
    try {
      const at = this.#exports.corsim_alloc(bytes.length) >>> 0
      new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes)
      const answer = BigInt.asUintN(64, this.#exports.corsim_ask(bytes.length))
      return decoder.decode(new Uint8Array(this.#exports.memory.buffer, Number(answer >> 32n), Number(answer & 0xffffffffn)))
    } catch (error) {
      // A fault ends the instance. The next question gets a new one; open pages are lost.
      this.#start()
      throw error
    }
  }
}
