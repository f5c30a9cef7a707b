/** Engine is a browser engine, or the Fetch Standard itself. */
export type Engine = 'spec' | 'chromium' | 'firefox' | 'webkit' | 'safari'

/** Init is what a network gets beside the URL. Header values are sent as they are. */
export interface Init {
  method: string
  headers: [string, string][]
  body?: Uint8Array & NonNullable<RequestInit['body']>
  redirect: 'manual'
  signal?: AbortSignal
}

/** PlainResponse is a response of a network without a Response object. */
export interface PlainResponse {
  status: number
  statusText?: string
  headers: [string, string][]
  body?: Uint8Array
}

/** Network answers one request. It follows no redirects. fetch is one. */
export type Network = (url: string, init: Init) => Response | PlainResponse | Promise<Response | PlainResponse>

export interface BrowserOptions {
  /** The URL of the page that makes the requests. */
  page: string | URL
  /** The default is 'chromium'. */
  engine?: Engine
  /** The default is httpNetwork. */
  network?: Network
  /** Whether the page has an opaque origin, as in a sandboxed frame. */
  sandboxed?: boolean
  /** It is called for each blocked call, also when the page catches the error. */
  onBlocked?: (cors: CORSError) => void
}

export interface Browser {
  readonly page: string
  readonly engine: Engine
  fetch: typeof fetch
  XMLHttpRequest: typeof globalThis extends { XMLHttpRequest: infer X } ? X : unknown
  close(): void
}

/** Wire is a request that reached the network. */
export interface Wire {
  method: string
  url: string
  headers: [string, string][]
  body?: string
}

/** CORSError is `error.cors` of what fetch() rejects with, and `xhr.cors` of a failed request. */
export interface CORSError {
  /** The stable name of the reason, such as 'allow-origin-missing'. */
  reason?: string
  /** The step of the standard that decides. */
  step?: string
  failure?: { reason: string, preflight?: boolean, header?: string, got?: string, want?: string, step?: string, stepNumber?: string }
  explanation: string[]
  /** What the browser prints on its console. */
  console: string[]
  /** The smallest change to the server, in lines. */
  repairs: string[]
  wire: Wire[]
  /** The text of the error in the browser. */
  text?: string
  /** What the network threw, if it is an error that says nothing about the connection. */
  thrown?: unknown
}

/** Rule is a response of a server and the requests that get it. */
export interface Rule {
  when?: { method?: string, url?: string }
  status: number
  headers?: [string, string][]
  body?: string
}

export function createBrowser(options: BrowserOptions): Browser

/** httpNetwork sends requests with Node's HTTP client. */
export const httpNetwork: Network

export { playwright } from './playwright.js'
