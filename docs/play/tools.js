// What one does with a scenario beside looking at it: paste, copy, try.
import { h, htm, useEffect, useState } from './vendor/preact.js'
import { load, offer, question, scenario } from './store.js'
import { named } from './state.js'
import { tryHere } from './try.js'

const html = htm.bind(h)

const forms = { curl: 'curl', go: 'Go test', vitest: 'Vitest test', scenario: 'scenario', link: 'link' }

const textIn = async form => {
  if (form === 'scenario') return JSON.stringify(named(scenario.value))
  if (form === 'link') return location.href
  return (await question({ ask: 'copy', form, scenario: named(scenario.value) })).text
}

/** Copy shows the scenario in another form, and puts it on the clipboard. */
export const Copy = () => {
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const copy = async form => {
    try {
      const copied = await textIn(form)
      setText(copied)
      await navigator.clipboard.writeText(copied)
      setNote(`The ${forms[form]} is on the clipboard.`)
    } catch (error) {
      setNote(error.name === 'NotAllowedError' || error instanceof TypeError ? 'Copy the text below.' : error.message)
    }
  }
  return html`<section aria-labelledby="copy"><h2 id="copy">Take it with you</h2>
    <div class="row">${Object.entries(forms).map(([form, title]) => html`<button type="button" onClick=${() => copy(form)}>Copy as ${title}</button>`)}</div>
    <p role="status">${note}</p>
    ${text && html`<pre class="copied" tabindex="0">${text}</pre>`}</section>`
}

const Explanations = ({ list }) => list.map(e => html`<div class="explanation">
  <p>${e.recognized && e.recognized.engine !== 'none' && html`<strong>${e.recognized.engine} ${e.recognized.code}</strong>: `}${e.reason && html`<code>${e.reason}</code> `}${e.sentence}</p>
  ${e.likelyCauses && html`<ul>${e.likelyCauses.map(c => html`<li>${c.text}</li>`)}</ul>`}
  ${e.advice && html`<ul>${[e.advice].flat().map(line => html`<li>${line}</li>`)}</ul>`}</div>`)

const pasteHint = () => offer.javascript
  ? 'A server in JavaScript can import the packages that corsim models, and no files of yours.'
  : 'Servers in JavaScript, such as Express, are not judged in this page: the commands corsim check --config FILE and corsim play judge them.'

const unnamed = ({ name, ...rest }) => rest

/** Paste reads what somebody has: a message, a command, a HAR entry, a configuration. */
export const Paste = () => {
  const [text, setText] = useState('')
  const [found, setFound] = useState({})
  const reads = offer.module === undefined || offer.readers !== undefined
  const read = async typed => {
    setText(typed)
    if (typed.trim() === '') return setFound({})
    try {
      const explained = await question({ ask: 'explain', text: typed }).catch(() => undefined)
      if (explained?.explanations.length) return setFound({ explanations: explained.explanations })
      if (!reads) throw new Error('This site was made without the readers of pasted texts.')
      const answer = await question({ ask: 'read', text: typed, scenario: named(scenario.value) })
      setFound(answer)
      await load(answer.scenario ? unnamed(answer.scenario) : { ...scenario.value, server: answer.server })
    } catch (error) {
      setFound({ error: error.message })
    }
  }
  return html`<details class="paste"><summary>Paste what you have</summary>
    <div class="field"><label for="paste">A message of the console, a curl command, a call of fetch(), a HAR entry, a request with its response, or the configuration of a server</label>
      <textarea id="paste" rows="6" value=${text} onInput=${e => read(e.target.value)} spellcheck=${false}
        aria-describedby="paste-found"></textarea></div>
    <div id="paste-found">
      ${found.error && html`<p class="wrong">${found.error}</p>`}
      ${found.explanations && html`<${Explanations} list=${found.explanations} />`}
      ${found.what && html`<p>Read as ${found.what}.</p>`}
      ${found.notes && html`<ul>${found.notes.map(n => html`<li>${n}</li>`)}</ul>`}
      <p class="hint">${pasteHint()}</p>
    </div></details>`
}

/** Try runs the scenario in the visitor's own browser. */
export const Try = () => {
  const [outcome, setOutcome] = useState(undefined)
  const tried = scenario.value
  // What was found of another scenario is not shown.
  useEffect(() => setOutcome(undefined), [tried])
  if (!offer.try) return null
  const show = found => { if (scenario.value === tried) setOutcome(found) }
  const run = () => tryHere(tried, question).then(show, error => show({ error: error.message }))
  return html`<section aria-labelledby="try"><h2 id="try">Try it in this browser</h2>
    <p class="hint">A server on this machine gives the same answers, and your own browser makes the call.</p>
    <button type="button" onClick=${run}>Try it</button>
    <div role="status">
      ${outcome?.error && html`<p class="wrong">${outcome.error}</p>`}
      ${outcome?.agrees !== undefined && html`<p class=${outcome.agrees ? 'verdict good' : 'verdict bad'}>${outcome.agrees ? 'Your browser agrees.' : 'Your browser does something else.'}</p>
        <table><thead><tr><td></td><th scope="col">corsim: ${outcome.engine}</th><th scope="col">your browser</th></tr></thead><tbody>
          ${outcome.rows.map(([name, want, got]) => html`<tr class=${want === got ? '' : 'differs'}><th scope="row">${name}</th><td><code>${want}</code></td><td><code>${got}</code></td></tr>`)}
        </tbody></table>`}
    </div></section>`
}
