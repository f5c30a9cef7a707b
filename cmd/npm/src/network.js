// The network that browsers use when no other is given: Node's own HTTP client. It
// sends headers as they are, follows no redirect and checks nothing. Tools that
// intercept it, such as MSW and nock, see each request.
import http from 'node:http'
import https from 'node:https'

/**
 * httpNetwork makes one request.
 * @param {string} url
 * @param {{method: string, headers: [string, string][], body?: Uint8Array, signal?: AbortSignal}} init
 */
export const httpNetwork = (url, init) => new Promise((resolve, reject) => {
  const target = new URL(url)
  const headers = {}
  for (const [name, value] of init.headers) headers[name] = name in headers ? [headers[name], value].flat() : value
  const client = target.protocol === 'https:' ? https : http
  // A connection that is used again may close at any time, which would look like a fault.
  const request = client.request(target, { method: init.method, headers, signal: init.signal, agent: false }, response => {
    const parts = []
    response.on('data', part => parts.push(part))
    response.on('error', reject)
    response.on('end', () => {
      const raw = response.rawHeaders
      resolve({
        status: response.statusCode,
        statusText: response.statusMessage,
        headers: Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i], raw[2 * i + 1]]),
        body: Buffer.concat(parts),
      })
    })
  })
  request.method = init.method // the constructor makes it upper case; servers see the difference
  request.on('error', reject)
  request.end(init.body)
})

const faults = {
  ECONNREFUSED: 'refused', ENOTFOUND: 'name', EAI_AGAIN: 'name', ENETUNREACH: 'unreachable', EHOSTUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout', UND_ERR_CONNECT_TIMEOUT: 'timeout', ECONNRESET: 'reset', UND_ERR_SOCKET: 'closed',
  CERT_HAS_EXPIRED: 'expired', CERT_NOT_YET_VALID: 'not-yet-valid', DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'authority', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'authority', ERR_TLS_CERT_ALTNAME_INVALID: 'host-name',
  EPROTO: 'not-tls',
}

/** faultOf returns the engine's word for the error of a network. */
export const faultOf = error => faults[error?.code] ?? faults[error?.cause?.code] ?? 'unknown'

/**
 * received reads what a network returned: a Response, or a plain object with status,
 * headers (pairs) and body (bytes).
 */
export const received = async response => {
  if (!response || !Number.isInteger(response.status)) throw new TypeError(`the network returned ${response}, and not a Response or an object with a status and headers`)
  if (Array.isArray(response.headers)) return response
  const headers = [...response.headers.entries()].filter(([name]) => name !== 'set-cookie')
  for (const value of response.headers.getSetCookie?.() ?? []) headers.push(['set-cookie', value])
  return { status: response.status, statusText: response.statusText, headers, body: new Uint8Array(await response.arrayBuffer()) }
}
