// The page: examples at the top, the form on one side, what the browsers do on the other.
import { h, render, htm } from './vendor/preact.js'
import { example, examples, follow, loadExample, message, problem, puzzle, remark, scenario, start } from './store.js'
import { Form } from './form.js'
import { Result } from './result.js'
import { Copy, Paste, Try } from './tools.js'
import { Puzzles } from './puzzles.js'
import { fragmentOf } from './state.js'

const html = htm.bind(h)

// The examples by what they belong to: the chapter of the guide, or the reasons.
const groups = () => {
  const out = new Map()
  for (const e of examples.value) {
    const group = e.name.startsWith('reason-') ? 'Reasons why a request is blocked' : 'Guide: ' + e.source.split(' > ').slice(0, 2).join(', ')
    out.set(group, [...(out.get(group) ?? []), e])
  }
  return [...out]
}

const Examples = () => {
  const names = examples.value.map(e => e.name)
  const at = names.indexOf(example.value)
  return html`<div class="examples">
    <div class="field"><label for="example">Example</label>
      <select id="example" value=${example.value} onChange=${e => e.target.value && loadExample(e.target.value)}>
        <option value="">${names.length ? `choose one of ${names.length}` : 'the examples are loading'}</option>
        ${groups().map(([group, list]) => html`<optgroup label=${group}>${list.map(e => html`<option value=${e.name}>${about(e)}</option>`)}</optgroup>`)}
      </select></div>
    <button type="button" disabled=${at === 0} onClick=${() => loadExample(names[Math.max(0, at - 1)])}>Previous</button>
    <button type="button" disabled=${at === names.length - 1} onClick=${() => loadExample(names[at + 1])}>Next</button>
    ${remark.value && html`<p class="remark">${remark.value}</p>`}
  </div>`
}

const go = fragment => event => {
  event.preventDefault()
  history.pushState(null, '', fragment)
  return follow()
}

// The fragment of the URL holds the state, so that the link moves the focus itself.
const toResult = event => {
  event.preventDefault()
  document.getElementById('result')?.focus()
}

// What an example is about, in the list.
const longest = 60
const about = ({ name, note = '' }) => {
  const title = name.replace(/^(guide|reason)-/, '')
  if (!note || name.startsWith('reason-')) return title
  return `${title}: ${note.length > longest ? note.slice(0, note.lastIndexOf(' ', longest)) + ' …' : note}`
}

const App = () => html`
  ${!puzzle.value && html`<a class="skip" href="#result" onClick=${toResult}>Go to what the browsers do</a>`}
  <header>
    <h1>corsim <span>What does a browser do with this request?</span></h1>
    <nav aria-label="Views">
      <a href="#" aria-current=${puzzle.value ? undefined : 'page'} onClick=${e => go(fragmentOf(scenario.value))(e)}>Explore</a>
      <a href="#puzzle=1" aria-current=${puzzle.value ? 'page' : undefined} onClick=${go('#puzzle=1')}>Ten puzzles</a>
    </nav>
  </header>
  <main>
    ${message.value && html`<p class="wrong" role="alert">${message.value}</p>`}
    ${puzzle.value ? html`<${Puzzles} />` : html`
      <${Examples} />
      <${Paste} />
      <div class="columns">
        <div><${Form} /></div>
        <div><${Result} /><${Try} /><${Copy} /></div>
      </div>`}
  </main>
  <footer><p>The verdicts are those of a simulator that is tested against recordings of Chromium, Firefox and WebKit. Nothing that you type leaves this machine.</p></footer>`

const root = document.getElementById('app')
root.textContent = ''
render(html`<${App} />`, root)
start().catch(error => { problem.value = `The engine did not start: ${error.message}` })
