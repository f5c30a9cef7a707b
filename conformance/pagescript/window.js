// The objects that script in a document has, made of the functions of host. It is run
// once for each document, before the document's own script.
(function (host) {
  'use strict';
  const { note, later } = host;

  // play makes the call of a step, in the form of scenarios, and returns what was observed.
  const play = step => host.play(JSON.stringify(step));

  class DOMException extends Error {
    constructor(message = '', name = 'Error') {
      super(message);
      Object.defineProperty(this, 'name', { value: name });
    }
  }

  // failure makes the exception that a text such as "TypeError: Failed to fetch" describes.
  function failure(text) {
    const at = text.indexOf(':');
    const name = at < 0 ? 'Error' : text.slice(0, at), message = at < 0 ? text : text.slice(at + 1).trim();
    return name === 'TypeError' ? new TypeError(message) : new DOMException(message, name);
  }

  class Headers {
    #list = [];
    constructor(init) {
      if (init === undefined) return;
      const pairs = init instanceof Headers ? [...init] : typeof init[Symbol.iterator] === 'function' ? [...init] : Object.entries(init);
      for (const [name, value] of pairs) this.append(name, value);
    }
    append(name, value) { this.#list.push([String(name), String(value)]); }
    set(name, value) { this.delete(name); this.append(name, value); }
    delete(name) { this.#list = this.#list.filter(([n]) => n.toLowerCase() !== String(name).toLowerCase()); }
    has(name) { return this.get(name) !== null; }
    get(name) {
      const values = this.#list.filter(([n]) => n.toLowerCase() === String(name).toLowerCase()).map(([, v]) => v);
      return values.length ? values.join(', ') : null;
    }
    *entries() {
      const names = [...new Set(this.#list.map(([n]) => n.toLowerCase()))].sort();
      for (const name of names) yield [name, this.get(name)];
    }
    *keys() { for (const [name] of this.entries()) yield name; }
    *values() { for (const [, value] of this.entries()) yield value; }
    forEach(f, self) { for (const [name, value] of this.entries()) f.call(self, value, name, this); }
    [Symbol.iterator]() { return this.entries(); }
    // given returns the pairs as script gave them.
    given() { return this.#list; }
  }

  // Observed is the response in an observation.
  class Observed {
    constructor(response) { Object.assign(this, response); }
  }

  class Response {
    #result;
    #used = false;
    constructor(result) {
      if (!(result instanceof Observed)) throw note('new Response()');
      this.#result = result;
    }
    get type() { return this.#result.type; }
    get status() { return this.#result.status; }
    get ok() { return this.status >= 200 && this.status < 300; }
    get statusText() { throw note('Response.statusText'); }
    get url() { return this.#result.url; }
    get redirected() { return this.#result.redirected; }
    get headers() { return new Headers(this.#result.headers); }
    get bodyUsed() { return this.#used; }
    async text() {
      if (this.#used) throw new TypeError('body stream already read');
      this.#used = true;
      if (this.#result.bodyError) throw failure(this.#result.bodyError);
      return this.#result.body;
    }
    async json() { return JSON.parse(await this.text()); }
    clone() { return new Response(this.#result); }
  }

  // bodyOf returns what a call gets as its body: a text, or null.
  function bodyOf(body) {
    if (body === undefined || body === null) return null;
    if (typeof body === 'object' && body.constructor !== String) throw note('a body that is an object');
    return String(body);
  }

  const known = ['method', 'headers', 'body', 'mode', 'credentials', 'cache', 'redirect', 'referrer', 'referrerPolicy', 'keepalive', 'duplex', 'targetAddressSpace'];

  function requestInit(init) {
    const out = {};
    for (const key of Object.keys(init ?? {})) {
      if (init[key] === undefined) continue;
      if (!known.includes(key)) throw note(`the member ${key} of what is passed to fetch()`);
      out[key] = key === 'headers' ? new Headers(init.headers).given() : key === 'body' ? bodyOf(init.body) : key === 'keepalive' ? !!init.keepalive : String(init[key]);
    }
    if (out.body === null) delete out.body;
    return out;
  }

  async function fetch(input, init) {
    const seen = play({ fetch: { url: String(input), ...requestInit(init) } });
    if (seen.pending) return new Promise(() => {});
    if (seen.error) throw failure(seen.error);
    return new Response(new Observed(seen.response));
  }

  class EventTarget {
    #listeners = [];
    addEventListener(type, f) { this.#listeners.push([String(type), f]); }
    removeEventListener(type, f) { this.#listeners = this.#listeners.filter(l => l[0] !== String(type) || l[1] !== f); }
    dispatchEvent(event) {
      event.target = event.currentTarget = this;
      const own = this['on' + event.type];
      if (typeof own === 'function') own.call(this, event);
      for (const [type, f] of [...this.#listeners]) {
        if (type === event.type) typeof f === 'function' ? f.call(this, event) : f.handleEvent(event);
      }
      return true;
    }
  }

  class HTMLImageElement extends EventTarget {
    crossOrigin = null;
    referrerPolicy = '';
    complete = true;
    #src = '';
    get src() { return this.#src; }
    set src(url) {
      this.#src = String(url);
      this.complete = false;
      const seen = play({ element: { tag: 'img', url: this.#src, crossorigin: this.crossOrigin, referrerPolicy: this.referrerPolicy } });
      if (seen.pending) return;
      later(() => { this.complete = true; this.dispatchEvent({ type: seen.outcome === 'load' ? 'load' : 'error' }); }, 0);
    }
  }

  class XMLHttpRequest extends EventTarget {
    readyState = 0;
    status = 0;
    responseText = '';
    responseURL = '';
    withCredentials = false;
    #call = null;
    #headers;
    open(method, url, async = true) {
      this.#call = { method: String(method), url: String(url), headers: [], sync: !async };
      this.readyState = 1;
    }
    setRequestHeader(name, value) { this.#call.headers.push([String(name), String(value)]); }
    get response() { return this.responseText; }
    get upload() { throw note('XMLHttpRequest.upload'); }
    get statusText() { throw note('XMLHttpRequest.statusText'); }
    set responseType(type) { if (type !== '' && type !== 'text') throw note('XMLHttpRequest.responseType'); }
    getResponseHeader(name) { return new Headers(this.#headers).get(name); }
    getAllResponseHeaders() { return [...new Headers(this.#headers)].map(([n, v]) => `${n}: ${v}\r\n`).join(''); }
    send(body) {
      const seen = play({ xhr: { ...this.#call, body: bodyOf(body), withCredentials: !!this.withCredentials } });
      if (seen.pending) return;
      if (seen.outcome === 'throws' || seen.error && this.#call.sync) throw failure(seen.error);
      const got = seen.response;
      if (got) {
        Object.assign(this, { status: got.status, responseURL: got.url, responseText: got.body });
        this.#headers = got.headers;
      }
      const done = () => {
        this.readyState = 4;
        for (const type of ['readystatechange', got ? 'load' : 'error', 'loadend']) this.dispatchEvent({ type });
      };
      this.#call.sync ? done() : later(done, 0);
    }
  }

  // watched returns an object whose unknown members are noted.
  const watched = (name, object) => new Proxy(object, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target)) note(`${name}.${key}`);
      return Reflect.get(target, key, receiver);
    },
  });

  const postable = data => JSON.stringify(data) ?? 'null';
  const own = new EventTarget();
  const parent = watched('parent', { postMessage: data => { host.post(postable(data)); } });
  const document = watched('document', {
    referrer: host.referrer, URL: host.url, documentURI: host.url, readyState: 'loading',
    addEventListener: (type, f) => own.addEventListener(type, f),
    createElement(tag) {
      if (String(tag).toLowerCase() !== 'img') throw note(`document.createElement('${tag}')`);
      return new HTMLImageElement();
    },
  });
  const console = watched('console', {});

  Object.assign(globalThis, {
    DOMException, Headers, Response, EventTarget, HTMLImageElement, XMLHttpRequest, fetch, parent, document, console,
    Image: HTMLImageElement, origin: host.origin, isSecureContext: host.isSecureContext, crossOriginIsolated: host.crossOriginIsolated,
    self: globalThis, window: globalThis, onmessage: null, onload: null, location: watched('location', host.location),
    navigator: watched('navigator', { sendBeacon: (url, data) => play({ beacon: { url: String(url), body: bodyOf(data) ?? '' } }).outcome === 'sent' }),
    setTimeout: (f, ms, ...args) => later(() => f(...args), +ms || 0),
    clearTimeout: id => host.cancel(id),
    queueMicrotask: f => { Promise.resolve().then(() => f()); },
    addEventListener: (type, f) => own.addEventListener(type, f),
    removeEventListener: (type, f) => own.removeEventListener(type, f),
  });

  // dispatch fires an event at the window.
  return event => {
    const handler = globalThis['on' + event.type];
    if (typeof handler === 'function') handler.call(globalThis, event);
    own.dispatchEvent(event);
  };
})
