// The form: the page, the calls and the answers of the server.
import { h, htm, useState, useEffect } from './vendor/preact.js'
import { headersOf, textOf } from './state.js'
import { scenario, revision, change } from './store.js'

const html = htm.bind(h)

/** set returns an object with a member set; an empty value removes the member. */
const set = (object, name, value) => {
  const { [name]: _, ...rest } = object
  return value === undefined || value === '' || value === false ? rest : { ...object, [name]: value }
}

const replaced = (list, i, item) => list.map((old, j) => j === i ? item : old)
const without = (list, i) => list.filter((_, j) => j !== i)

/** A text that is kept as it is typed, and read at each change. */
const Text = ({ id, label, value, rows, hint, onText }) => {
  const [text, setText] = useState(value)
  const [wrong, setWrong] = useState('')
  useEffect(() => { setText(value); setWrong('') }, [revision.value])
  const typed = event => {
    setText(event.target.value)
    try {
      onText(event.target.value)
      setWrong('')
    } catch (error) {
      setWrong(error.message)
    }
  }
  const about = wrong || hint
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <textarea id=${id} rows=${rows} value=${text} onInput=${typed} spellcheck=${false} autocapitalize="off"
      aria-invalid=${wrong ? 'true' : undefined} aria-describedby=${about ? id + '-about' : undefined}></textarea>
    ${about && html`<p id=${id + '-about'} class=${wrong ? 'wrong' : 'hint'}>${about}</p>`}
  </div>`
}

const Headers = ({ id, label, object, onChange }) => html`<${Text} id=${id} label=${label} rows=${Math.max(2, (object.headers ?? []).length)}
  value=${textOf(object.headers)}
  onText=${text => {
    const bad = text.split('\n').find(line => line.trim() !== '' && !line.includes(':'))
    onChange({ ...object, headers: headersOf(text) })
    if (bad !== undefined) throw new Error(`"${bad}" has no colon: write Name: value`)
  }} />`

const Line = ({ id, label, value, placeholder, list, onText }) => html`<div class="field">
  <label for=${id}>${label}</label>
  <input id=${id} value=${value ?? ''} placeholder=${placeholder} list=${list} onInput=${e => onText(e.target.value)}
    spellcheck=${false} autocapitalize="off" autocomplete="off" />
</div>`

const Choice = ({ id, label, value, words, onText }) => html`<div class="field">
  <label for=${id}>${label}</label>
  <select id=${id} value=${value} onChange=${e => onText(e.target.value)}>
    ${(words.includes(value) ? words : [...words, value]).map(w => html`<option value=${w}>${w || 'none'}</option>`)}
  </select>
</div>`

const Flag = ({ id, label, value, onFlag }) => html`<div class="flag">
  <input type="checkbox" id=${id} checked=${!!value} onChange=${e => onFlag(e.target.checked)} /> <label for=${id}>${label}</label>
</div>`

// The fields of a call beside its URL. A choice with the first word is left out.
const choices = {
  fetch: { mode: ['cors', 'no-cors', 'same-origin'], credentials: ['same-origin', 'include', 'omit'], redirect: ['follow', 'error', 'manual'] },
  element: { tag: ['img', 'script', 'module', 'stylesheet', 'font', 'audio', 'video'], crossorigin: ['', 'anonymous', 'use-credentials'] },
}
const flags = { fetch: { keepalive: 'keepalive' }, xhr: { withCredentials: 'withCredentials', uploadListener: 'a listener on upload' }, eventsource: { withCredentials: 'withCredentials' } }
const kinds = { fetch: 'fetch()', xhr: 'XMLHttpRequest', element: 'an element', eventsource: 'EventSource', beacon: 'sendBeacon()', wait: 'wait (seconds)', page: 'open another page' }
const fresh = {
  fetch: url => ({ url }), xhr: url => ({ url }), element: url => ({ tag: 'img', url }), eventsource: url => ({ url }),
  beacon: url => ({ url, body: 'x', type: 'text/plain' }), wait: () => 5, page: url => url,
}

const kindOf = step => Object.keys(kinds).find(kind => kind in step)

const Call = ({ i, step, onChange }) => {
  const kind = kindOf(step)
  const call = step[kind]
  const id = `step-${i}`
  const put = (name, value) => onChange({ ...step, [kind]: set(call, name, value) })
  if (typeof call !== 'object') {
    return html`<${Line} id=${id + '-value'} label=${kind === 'wait' ? 'Seconds' : 'URL'} value=${String(call)}
      onText=${text => onChange({ ...step, [kind]: kind === 'wait' ? Number(text) || 0 : text })} />`
  }
  const takesBody = kind === 'fetch' || kind === 'xhr' || kind === 'beacon'
  const takesHeaders = kind === 'fetch' || kind === 'xhr'
  return html`<div class="fields">
    ${takesHeaders && html`<${Line} id=${id + '-method'} label="Method" value=${call.method} placeholder="GET" list="methods" onText=${v => put('method', v)} />`}
    <div class="wide"><${Line} id=${id + '-url'} label="URL" value=${call.url} onText=${v => onChange({ ...step, [kind]: { ...call, url: v } })} /></div>
    ${takesHeaders && html`<div class="whole"><${Headers} id=${id + '-headers'} label="Headers that script sets, one a line" object=${call} onChange=${next => onChange({ ...step, [kind]: next })} /></div>`}
    ${takesBody && html`<div class="whole"><${Text} id=${id + '-body'} label="Body" rows="1" value=${call.body ?? ''} onText=${v => put('body', v)} /></div>`}
    ${kind === 'beacon' && html`<${Line} id=${id + '-type'} label="Type of the body" value=${call.type} onText=${v => put('type', v)} />`}
    ${Object.entries(choices[kind] ?? {}).map(([name, words]) => html`<${Choice} id=${`${id}-${name}`} label=${name} words=${words} value=${call[name] ?? words[0]}
      onText=${v => put(name, name !== 'tag' && v === words[0] ? undefined : v)} />`)}
    ${Object.entries(flags[kind] ?? {}).map(([name, label]) => html`<${Flag} id=${`${id}-${name}`} label=${label} value=${call[name]} onFlag=${v => put(name, v)} />`)}
  </div>`
}

const Step = ({ i, step, several, onChange, onRemove }) => {
  const kind = kindOf(step)
  const id = `step-${i}`
  const url = step[kind]?.url ?? 'https://api.example.com/users'
  return html`<fieldset>
    <legend>${several ? `Call ${i + 1}` : 'The call of the page'}</legend>
    <div class="row">
      <div class="field"><label for=${id + '-kind'}>What the page does</label>
        <select id=${id + '-kind'} value=${kind} onChange=${e => onChange({ [e.target.value]: fresh[e.target.value](url) })}>
          ${Object.entries(kinds).map(([word, title]) => html`<option value=${word}>${title}</option>`)}
        </select></div>
      ${several && html`<button type="button" onClick=${onRemove}>Remove call ${i + 1}</button>`}
    </div>
    <${Call} i=${i} step=${step} onChange=${onChange} />
  </fieldset>`
}

const Rule = ({ i, rule, onChange, onRemove }) => {
  const id = `rule-${i}`
  const when = (name, value) => onChange({ ...rule, when: set(rule.when, name, value) })
  return html`<fieldset>
    <legend>Answer ${i + 1}</legend>
    <div class="fields">
      <${Line} id=${id + '-method'} label="To the method" placeholder="any" value=${rule.when.method} list="methods" onText=${v => when('method', v)} />
      <div class="wide"><${Line} id=${id + '-url'} label="To the URL" placeholder="any" value=${rule.when.url} onText=${v => when('url', v)} /></div>
      <${Line} id=${id + '-status'} label="Status" value=${rule.status} onText=${v => onChange({ ...rule, status: Number(v) || 0 })} />
      <div class="whole"><${Headers} id=${id + '-headers'} label="Headers of the response, one a line" object=${rule} onChange=${onChange} /></div>
      <div class="whole"><${Text} id=${id + '-body'} label="Body" rows="1" value=${rule.body ?? ''} onText=${v => onChange(set(rule, 'body', v))} /></div>
    </div>
    <button type="button" onClick=${onRemove}>Remove answer ${i + 1}</button>
  </fieldset>`
}

// What a scenario may have beside the page, the server and the steps.
const More = () => {
  const { name, page, sandboxed, server, steps, ...rest } = scenario.value
  const text = Object.keys(rest).length ? JSON.stringify(rest, null, 2) : ''
  return html`<details open=${text !== ''}><summary>Cookies, policies of the page, address spaces</summary>
    <${Text} id="more" label="Other members of the scenario, as JSON" rows="5" value=${text}
      hint='such as {"cookies": [{"url": "https://api.example.com/", "set": "sid=1; SameSite=None; Secure"}]}'
      onText=${typed => {
        const members = typed.trim() === '' ? {} : JSON.parse(typed)
        if (members === null || typeof members !== 'object' || Array.isArray(members)) throw new Error('this is not a JSON object')
        change({ ...members, page, ...(sandboxed ? { sandboxed } : {}), server, steps })
      }} /></details>`
}

/** Form shows the scenario and changes it. */
export const Form = () => {
  const s = scenario.value
  const steps = next => change({ ...s, steps: next })
  const server = next => change({ ...s, server: next })
  // A key with the revision makes the texts again when a scenario is loaded.
  return html`<form key=${revision.value} onSubmit=${e => e.preventDefault()} aria-label="The page, its calls and the server">
    <datalist id="methods">${['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(m => html`<option value=${m} />`)}</datalist>
    <h2>The page</h2>
    <${Line} id="page" label="URL of the page" value=${s.page} onText=${v => change({ ...s, page: v })} />
    <${Flag} id="sandboxed" label="sandboxed: the page has the origin null" value=${s.sandboxed} onFlag=${v => change(set(s, 'sandboxed', v))} />
    <h2>What it does</h2>
    ${s.steps.map((step, i) => html`<${Step} key=${i} i=${i} step=${step} several=${s.steps.length > 1}
      onChange=${next => steps(replaced(s.steps, i, next))} onRemove=${() => steps(without(s.steps, i))} />`)}
    <button type="button" onClick=${() => steps([...s.steps, structuredClone(s.steps.at(-1) ?? { fetch: { url: s.page } })])}>Add a call</button>
    <h2>What the server answers</h2>
    <p class="hint">The first answer whose method and URL fit is sent. If none fits, no response comes.</p>
    ${s.server.map((rule, i) => html`<${Rule} key=${i} i=${i} rule=${rule}
      onChange=${next => server(replaced(s.server, i, next))} onRemove=${() => { revision.value++; return server(without(s.server, i)) }} />`)}
    <button type="button" onClick=${() => server([...s.server, { when: {}, status: 200, headers: [] }])}>Add an answer</button>
    <${More} />
  </form>`
}
