// What the browsers make of the scenario.
import { h, htm, useState, useEffect } from './vendor/preact.js'
import { engines, problem, repair, result, system, lists, titles, judge } from './store.js'

const html = htm.bind(h)

const storyOf = engine => result.value.stories.find(s => s.engine === engine)

// The causes of a preflight in words.
const causes = {
  method: c => `the method ${c.name}: only GET, HEAD and POST are sent without a preflight`,
  header: c => c.name === 'content-type'
    ? 'the header Content-Type: its value is none of the three that a form can send'
    : `the header ${c.name}: script may set only a few headers without a preflight`,
  'upload-listener': () => 'a listener on the upload of the XMLHttpRequest',
  'stream-body': () => 'a body that is a stream',
}

const kinds = {
  simple: 'Simple: the browser sends the request at once.',
  preflighted: 'Preflighted: the browser first asks with an OPTIONS request, because of:',
  'same-origin': 'Same origin: no CORS check applies.',
  'no-cors': 'Mode no-cors: there is no CORS check, and script cannot see the response.',
}

const Kind = ({ r }) => r?.kind ? html`<p class="kind">${kinds[r.kind] ?? r.kind}</p>
  ${r.causes && html`<ul>${r.causes.map(c => html`<li>${(causes[c.kind] ?? (c => `${c.kind} ${c.name ?? ''}`))(c)}</li>`)}</ul>`}` : null

/** verdicts returns the verdict of a step as one line for each different verdict. */
const verdicts = i => {
  const by = new Map()
  for (const engine of engines) {
    const verdict = storyOf(engine)?.steps[i]?.verdict
    if (verdict) by.set(verdict, [...(by.get(verdict) ?? []), titles[engine]])
  }
  return [...by].map(([verdict, names]) => `${names.length === engines.length ? 'All three browsers' : names.join(' and ')}: ${verdict}`)
}

const good = verdict => /: (shared|opaque|sent|waited|opened|queued)/.test(verdict)

// Only the verdict is announced, and only when typing has paused.
const Announced = () => {
  const [text, setText] = useState('')
  const steps = storyOf('chromium')?.steps ?? []
  const now = problem.value || steps.flatMap((_, i) => verdicts(i).map(v => steps.length > 1 ? `Call ${i + 1}. ${v}` : v)).join('. ')
  useEffect(() => {
    const timer = setTimeout(() => setText(now), 700)
    return () => clearTimeout(timer)
  }, [now])
  return html`<p class="unseen" role="status" aria-live="polite">${text}</p>`
}

// In a narrow window the verdict also stays at the lower edge, because the result is below the
// form. A touch leads there; with the keyboard the first link of the page does. A mistake in the
// form stays there in each window.
const Now = () => {
  const steps = storyOf('chromium')?.steps ?? []
  const lines = steps.flatMap((_, i) => verdicts(i))
  const show = () => document.querySelector('.result').scrollIntoView()
  const kind = problem.value ? 'wrong' : lines.every(good) ? 'verdict good' : 'verdict bad'
  return html`<p aria-hidden="true" class="now ${kind}" onClick=${show}>${problem.value || lines.at(-1)}</p>`
}

const Headers = ({ list, marked }) => html`<ul class="headers">${list.map(([name, value]) => html`<li class=${name.toLowerCase() === marked?.toLowerCase() ? 'marked' : ''}>
  <code>${name}: ${value}</code>${name.toLowerCase() === marked?.toLowerCase() ? ' (decides)' : ''}</li>`)}</ul>`

// What script gets, in the words of the browser.
const Script = ({ r }) => {
  if (r.error) return html`<p>Script gets <code>${r.error}</code></p>`
  if (!r.response) return html`<p>Script gets ${r.outcome === 'blocked' ? 'an error event' : 'no response'}.</p>`
  return html`<p>Script gets a response of type <code>${r.response.type}</code> with the status ${r.response.status}.</p>
    ${r.response.headers.length > 0 ? html`<${Headers} list=${r.response.headers} />` : html`<p>It sees no headers.</p>`}
    ${r.hiddenHeaders && html`<p>Hidden from script: ${r.hiddenHeaders.join(', ')}.</p>`}`
}

// The verdict is above the browsers when all agree.
const Browser = ({ engine, i, several }) => {
  const step = storyOf(engine)?.steps[i]
  const r = step?.result
  return html`<section class="browser" aria-labelledby=${`browser-${engine}-${i}`}>
    <h5 id=${`browser-${engine}-${i}`}>${titles[engine]}</h5>
    ${several && html`<p class=${good(': ' + step?.verdict) ? 'verdict good' : 'verdict bad'}>${step?.verdict}</p>`}
    ${r && html`<${Script} r=${r} />
      <h6>Console</h6>
      ${r.console ? r.console.map(line => html`<pre class="console" tabindex="0">${line}</pre>`) : html`<p class="hint">prints nothing</p>`}
      ${r.networkLine && html`<pre class="console" tabindex="0">${r.networkLine}</pre>`}`}
  </section>`
}

// The step of the standard that decided. A browser that departs from the standard may decide elsewhere.
const Decided = ({ i }) => {
  const f = storyOf('spec')?.steps[i]?.result?.failure
  if (!f?.step) return null
  return html`<p>Step of the Fetch Standard: <a href=${f.step}>${f.step.split('#')[1]}, step ${f.stepNumber}</a>.</p>`
}

const Repair = ({ i, engine }) => {
  const [failed, setFailed] = useState('')
  const step = storyOf(engine)?.steps[i]
  const fix = step?.repair
  if (!fix) return null
  const apply = () => repair(engine).then(() => setFailed(''), error => setFailed(error.message))
  const id = `repair-${i}`
  const changes = fix.possible && fix.changes
  return html`<section class="repair" aria-labelledby=${id}>
    <h4 id=${id}>The smallest repair</h4>
    <pre tabindex="0">${fix.lines.join('\n')}</pre>
    ${changes && html`<button type="button" class="main" onClick=${apply}>Apply the repair and judge again</button>`}
    ${failed && html`<p class="wrong">${failed}</p>`}
    ${changes && html`<div class="field inline"><label for=${'system-' + i}>As the configuration of</label>
      <select id=${'system-' + i} value=${system.value} onChange=${e => { system.value = e.target.value; return judge() }}>
        <option value="">no server</option>
        ${lists.value.servers.map(s => html`<option value=${s}>${s}</option>`)}
      </select></div>`}
    ${step.recipe && html`<pre class="recipe" tabindex="0">${step.recipe}</pre>`}
  </section>`
}

// Why a call was blocked: a sentence, and then lines that begin with a word of their own.
const Why = ({ lines }) => {
  const shown = lines.filter(l => !l.startsWith('decided by'))
  return html`<h4>Why</h4>
    <ul class="why">${shown.map(l => {
      const [, word, rest] = /^(sent|likely): (.*)$/s.exec(l) ?? []
      return html`<li>${word ? html`<strong>${word[0].toUpperCase() + word.slice(1)}:</strong> ${rest}` : l}</li>`
    })}</ul>`
}

const Step = ({ i, several }) => {
  // A browser that blocks shows more than one that does not.
  const blocked = engines.find(e => storyOf(e)?.steps[i]?.repair) ?? 'chromium'
  const step = storyOf(blocked)?.steps[i]
  if (!step) return null
  return html`<section aria-labelledby=${'call-' + i}>
    <h3 id=${'call-' + i}>${several ? `Call ${i + 1}: ` : ''}${step.call}</h3>
    ${verdicts(i).map(v => html`<p class=${good(v) ? 'verdict good' : 'verdict bad'}>${v}</p>`)}
    ${step.result && html`<${Kind} r=${storyOf('spec').steps[i].result} />
      ${step.result.explanation && html`<${Why} lines=${step.result.explanation} />`}
      <${Decided} i=${i} />
      <${Repair} i=${i} engine=${blocked} />
      <h4>In each browser</h4>
      <div class="browsers">${engines.map(engine => html`<${Browser} engine=${engine} i=${i} several=${verdicts(i).length > 1} />`)}</div>`}
  </section>`
}

const Exchanges = ({ story }) => html`<details><summary>The same as a list, with all headers</summary>
  <ol class="exchanges">${story.steps.flatMap(step => (step.result?.exchanges ?? []).map(x => html`<li>
    <p><strong>${x.request.method} ${x.request.url}</strong>${x.kind === 'preflight' ? ' (preflight)' : ''}</p>
    <${Headers} list=${x.request.headers} />
    ${x.response ? html`<p>The response has the status ${x.response.status}.</p><${Headers} list=${x.response.headers} marked=${x.failure?.header} />` : html`<p>No response comes.</p>`}
    ${x.failure && html`<p>The browser stops here: ${x.failure.reason}.</p>`}</li>`))}
  </ol></details>`

const Sequence = () => {
  const [engine, setEngine] = useState('chromium')
  const story = storyOf(engine)
  if (!story) return null
  return html`<section aria-labelledby="sequence">
    <h3 id="sequence">What goes over the network</h3>
    <div class="radios" role="radiogroup" aria-label="Browser of the diagram">${['chromium', 'firefox', 'webkit', 'spec'].map(e => html`<label>
      <input type="radio" name="engine" value=${e} checked=${engine === e} onChange=${() => setEngine(e)} /> ${titles[e]}</label>`)}</div>
    <div class="diagram" tabindex="0" role="region" aria-label="Sequence diagram">
      <img alt=${`Sequence diagram of ${story.steps.map(s => `${s.call}: ${s.verdict}`).join('; ')}. The list below says the same.`}
        src=${'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(story.svg)} />
    </div>
    <${Exchanges} story=${story} />
  </section>`
}

/** Result shows the verdict and the reasons for it. */
export const Result = () => {
  const story = storyOf('chromium')
  return html`<div class="result" id="result" tabindex="-1" data-example=${result.value.example}>
    <h2>What the browsers do</h2>
    <${Announced} />
    <${Now} />
    ${problem.value && html`<p class="wrong">${problem.value}</p>`}
    ${!story && !problem.value && html`<p class="loading">The engine is loading…</p>`}
    <div class=${problem.value ? 'stale' : ''}>
      ${story?.steps.map((_, i) => html`<${Step} key=${i} i=${i} several=${story.steps.length > 1} />`)}
      <${Sequence} />
    </div>
  </div>`
}
