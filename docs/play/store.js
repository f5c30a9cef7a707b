// What the page knows, as signals, and the only functions that change it.
import { signal, computed, batch } from './vendor/preact.js'
import { connected } from './asking.js'
import { first, fragmentOf, inWords, named, read, withoutCase } from './state.js'

export const scenario = signal(first())
/** revision changes when the scenario came from elsewhere than the form, so that the form shows it again. */
export const revision = signal(0)
export const examples = signal([])
export const example = signal('')
export const puzzle = signal(0) // from 1; 0 outside of the puzzles
export const lists = signal({ engines: [], servers: [], reasons: [] })
/** system is the server for which repairs are written; '' for none. */
export const system = signal('')
export const result = signal({ stories: [] })
export const problem = signal('')
export const message = signal('')

export const engines = ['chromium', 'firefox', 'webkit']
export const titles = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'Safari (WebKit)', spec: 'The standard' }

/** offer is what the page may use: its modules, and "Try it in this browser". */
export const offer = connected.offer

/** question asks the engine. */
export const question = async q => connected.ask(q)

// The examples, which start begins to load; none if they do not come.
let loaded
const loadExamples = async () => {
  try {
    const response = await fetch('examples.jsonl')
    if (!response.ok) throw new Error(`status ${response.status}`)
    return (await response.text()).split('\n').filter(Boolean).map(line => JSON.parse(line))
  } catch (error) {
    message.value = `The examples are not there: examples.jsonl: ${error.message}`
    return []
  }
}

let latest = 0
/** judge judges the scenario in all browsers. Only the last answer counts. */
export const judge = async () => {
  const number = ++latest
  const name = example.value
  const q = { ask: 'judge', engines: ['spec', ...engines], scenario: named(scenario.value) }
  if (system.value) q.server = system.value
  try {
    const answer = await question(q)
    if (number === latest) batch(() => { result.value = { ...answer, example: name }; problem.value = '' })
  } catch (error) {
    if (number === latest) problem.value = inWords(error.message)
  }
}

/** change sets the scenario as the form has it. */
export const change = next => {
  batch(() => { scenario.value = next; example.value = '' })
  history.replaceState(null, '', fragmentOf(next))
  return judge()
}

/** load sets the scenario as it came from elsewhere. */
export const load = (next, fragment = fragmentOf(next)) => {
  batch(() => {
    scenario.value = next
    revision.value++
    message.value = ''
    if (!fragment.startsWith('#example=')) example.value = ''
  })
  if (location.hash !== fragment) history.pushState(null, '', fragment)
  return judge()
}

/** loadExample sets the scenario to an example. */
export const loadExample = async name => {
  const all = await loaded
  const found = all.find(e => e.name === name)
  if (!found) {
    if (all.length) message.value = `There is no example ${name}.`
    return judge()
  }
  example.value = name
  return load(withoutCase(found), '#example=' + encodeURIComponent(name))
}

/** remark is what an example says about itself. */
export const remark = computed(() => examples.value.find(e => e.name === example.value)?.note ?? '')

/** follow does what the fragment of the URL says. */
export const follow = () => {
  const said = read(location.hash)
  puzzle.value = said.puzzle ?? 0
  if (said.puzzle) return
  if (said.example) return loadExample(said.example)
  batch(() => { example.value = ''; scenario.value = said.scenario ?? first(); revision.value++ })
  message.value = said.error ?? ''
  return judge()
}

/** start shows what the URL says. */
export const start = async () => {
  loaded = loadExamples()
  addEventListener('popstate', follow)
  addEventListener('hashchange', follow)
  await follow()
  // People wait for the verdict, so the browser draws it first, and then the long list of examples.
  await new Promise(resolve => setTimeout(resolve))
  examples.value = await loaded
  lists.value = await question({ ask: 'lists' })
}

/** repair applies the smallest repair, and judges again. */
export const repair = async engine => {
  const { server } = await question({ ask: 'repair', engine, scenario: named(scenario.value) })
  await load({ ...scenario.value, server })
}
