// What script passes as a body, as bytes with the type that browsers give it.
import { TextEncoder } from 'node:util'
import { latin1, native } from './natives.js'

const isForm = body => Object.prototype.toString.call(body) === '[object FormData]'

/**
 * bodyOf returns the members of a step for a body: its bytes, and its type unless it
 * is a string. contentType is the header that the browser sends for a form: the type of
 * a Blob would be in lower case.
 * @param {unknown} body
 */
const bodyOf = async body => {
  if (body === undefined || body === null) return {}
  if (typeof body === 'string') return { body: latin1(new TextEncoder().encode(body)) }
  if (ArrayBuffer.isView(body)) return { body: latin1(Buffer.from(body.buffer, body.byteOffset, body.byteLength)), type: '' }
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return { body: latin1(Buffer.from(body)), type: '' }
  if (Object.prototype.toString.call(body) === '[object URLSearchParams]') {
    return { body: latin1(new TextEncoder().encode(String(body))), type: '', contentType: 'application/x-www-form-urlencoded;charset=UTF-8' }
  }
  if (isForm(body)) return multipart(body)
  if (typeof body.getReader === 'function') return { ...await whole(body), stream: true }
  if (typeof body.arrayBuffer === 'function') return { body: latin1(await body.arrayBuffer()), type: body.type ?? '' }
  return bodyOf(String(body))
}

const whole = async stream => {
  const Response = native('Response')
  return { body: latin1(await new Response(stream).arrayBuffer()) }
}

const escaped = text => text.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')

/** multipart returns a form as browsers send it. */
const multipart = async form => {
  const boundary = `----corsim${Math.random().toString(36).slice(2).padEnd(16, '0')}`
  const parts = []
  for (const [name, value] of form) {
    const file = typeof value !== 'string'
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(name)}"`)
    if (file) parts.push(`; filename="${escaped(value.name)}"\r\nContent-Type: ${value.type || 'application/octet-stream'}`)
    parts.push('\r\n\r\n', file ? Buffer.from(await value.arrayBuffer()) : value.replace(/\r\n|\r|\n/g, '\r\n'), '\r\n')
  }
  parts.push(`--${boundary}--\r\n`)
  const all = Buffer.concat(parts.map(part => Buffer.from(part)))
  return { body: latin1(all), type: '', contentType: `multipart/form-data; boundary=${boundary}` }
}

/**
 * addBody adds a body to a step.
 * @param {{headers: [string, string][]}} step
 * @param {unknown} body
 */
export const addBody = async (step, body) => {
  const { contentType, ...members } = await bodyOf(body)
  Object.assign(step, members)
  if (contentType && !step.headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    step.headers.push(['Content-Type', contentType])
  }
}
