// Parts of Node's standard library that say nothing about CORS.
(function (native) {
	'use strict';

	if (!Symbol.asyncIterator) Object.defineProperty(Symbol, 'asyncIterator', { value: Symbol.for('Symbol.asyncIterator') });

	function EventEmitter() { this._events = this._events || Object.create(null); }
	const list = (e, name) => (e._events = e._events || Object.create(null))[name] || (e._events[name] = []);
	const emitter = {
		on(name, f) { list(this, name).push({ f }); return this; },
		once(name, f) { list(this, name).push({ f, once: true }); return this; },
		prependListener(name, f) { list(this, name).unshift({ f }); return this; },
		off(name, f) {
			const l = list(this, name), i = l.findIndex(e => e.f === f);
			if (i >= 0) l.splice(i, 1);
			return this;
		},
		removeAllListeners(name) { if (name === undefined) this._events = Object.create(null); else list(this, name).length = 0; return this; },
		emit(name, ...args) {
			const l = list(this, name).slice();
			for (const e of l) {
				if (e.once) this.off(name, e.f);
				e.f.apply(this, args);
			}
			if (l.length === 0 && name === 'error') throw args[0];
			return l.length > 0;
		},
		listenerCount(name) { return list(this, name).length; },
		listeners(name) { return list(this, name).map(e => e.f); },
		eventNames() { return Object.keys(this._events || {}); },
		setMaxListeners() { return this; },
		getMaxListeners() { return 10; },
	};
	emitter.addListener = emitter.on;
	emitter.removeListener = emitter.off;
	for (const name of Object.keys(emitter)) Object.defineProperty(EventEmitter.prototype, name, { value: emitter[name], writable: true, configurable: true });
	EventEmitter.EventEmitter = EventEmitter;
	EventEmitter.defaultMaxListeners = 10;
	EventEmitter.once = (e, name) => new Promise((ok, no) => { e.once(name, (...args) => ok(args)); if (name !== 'error') e.once('error', no); });

	// Paths, as on POSIX.
	function normalizeParts(path, absolute) {
		const out = [];
		for (const p of path.split('/')) {
			if (p === '' || p === '.') continue;
			if (p !== '..') out.push(p);
			else if (out.length > 0 && out[out.length - 1] !== '..') out.pop();
			else if (!absolute) out.push('..');
		}
		return out.join('/');
	}
	const path = {
		sep: '/', delimiter: ':',
		isAbsolute: p => p.startsWith('/'),
		normalize(p) {
			const absolute = p.startsWith('/');
			let s = normalizeParts(p, absolute);
			if (s === '' && !absolute) s = '.';
			if (s !== '' && p.endsWith('/')) s += '/';
			return (absolute ? '/' : '') + s;
		},
		join(...parts) { const s = parts.filter(p => p !== '').join('/'); return s === '' ? '.' : path.normalize(s); },
		resolve(...parts) {
			let s = '';
			for (let i = parts.length - 1; i >= -1 && !s.startsWith('/'); i--) {
				const p = i >= 0 ? parts[i] : native.cwd;
				if (p !== '') s = s === '' ? p : p + '/' + s;
			}
			return '/' + normalizeParts(s, true);
		},
		dirname(p) { const i = p.replace(/\/+$/, '').lastIndexOf('/'); return i < 0 ? '.' : i === 0 ? '/' : p.slice(0, i); },
		basename(p, ext) {
			let b = p.replace(/\/+$/, '');
			b = b.slice(b.lastIndexOf('/') + 1);
			return ext && b.endsWith(ext) && b !== ext ? b.slice(0, -ext.length) : b;
		},
		extname(p) { const b = path.basename(p), i = b.lastIndexOf('.'); return i <= 0 ? '' : b.slice(i); },
		relative: (a, b) => b,
		parse(p) { const base = path.basename(p), ext = path.extname(p); return { root: p.startsWith('/') ? '/' : '', dir: path.dirname(p), base, ext, name: path.basename(p, ext) }; },
		format: o => (o.dir ? o.dir + '/' : '') + (o.base || (o.name || '') + (o.ext || '')),
	};
	path.posix = path;

	// Texts of queries.
	const unescapeQuery = s => { try { return decodeURIComponent(s.replace(/\+/g, ' ')); } catch { return s.replace(/\+/g, ' '); } };
	function parseQuery(text) {
		const out = Object.create(null);
		if (typeof text !== 'string' || text === '') return out;
		for (const pair of text.split('&').slice(0, 1000)) {
			if (pair === '') continue;
			const i = pair.indexOf('=');
			const k = unescapeQuery(i < 0 ? pair : pair.slice(0, i)), v = i < 0 ? '' : unescapeQuery(pair.slice(i + 1));
			if (!(k in out)) out[k] = v;
			else if (Array.isArray(out[k])) out[k].push(v);
			else out[k] = [out[k], v];
		}
		return out;
	}
	const stringifyQuery = o => Object.keys(o || {}).map(k => [].concat(o[k]).map(v => encodeURIComponent(k) + '=' + encodeURIComponent(v)).join('&')).join('&');

	class URLSearchParams {
		constructor(init) {
			this._list = [];
			if (typeof init === 'string') {
				for (const pair of init.replace(/^\?/, '').split('&')) {
					if (pair === '') continue;
					const i = pair.indexOf('=');
					this._list.push([unescapeQuery(i < 0 ? pair : pair.slice(0, i)), i < 0 ? '' : unescapeQuery(pair.slice(i + 1))]);
				}
			} else if (init && typeof init[Symbol.iterator] === 'function') for (const [k, v] of init) this._list.push([String(k), String(v)]);
			else for (const k of Object.keys(init || {})) this._list.push([k, String(init[k])]);
		}
		get(k) { const e = this._list.find(e => e[0] === k); return e ? e[1] : null; }
		getAll(k) { return this._list.filter(e => e[0] === k).map(e => e[1]); }
		has(k) { return this._list.some(e => e[0] === k); }
		set(k, v) { const e = this._list.find(e => e[0] === k); if (e) { this._list = this._list.filter(x => x[0] !== k || x === e); e[1] = String(v); } else this._list.push([k, String(v)]); }
		append(k, v) { this._list.push([k, String(v)]); }
		delete(k) { this._list = this._list.filter(e => e[0] !== k); }
		forEach(f) { for (const [k, v] of this._list) f(v, k, this); }
		keys() { return this._list.map(e => e[0])[Symbol.iterator](); }
		values() { return this._list.map(e => e[1])[Symbol.iterator](); }
		entries() { return this._list.map(e => [e[0], e[1]])[Symbol.iterator](); }
		[Symbol.iterator]() { return this.entries(); }
		get size() { return this._list.length; }
		toString() { return this._list.map(([k, v]) => encodeURIComponent(k).replace(/%20/g, '+') + '=' + encodeURIComponent(v).replace(/%20/g, '+')).join('&'); }
	}

	class URL {
		constructor(text, base) {
			const p = native.parseURL(String(text), base === undefined ? '' : String(base));
			if (!p) { const e = new TypeError('Invalid URL'); e.code = 'ERR_INVALID_URL'; e.input = String(text); throw e; }
			Object.assign(this, p);
			this.searchParams = new URLSearchParams(this.search);
		}
		toString() { return this.href; }
		toJSON() { return this.href; }
		static canParse(text, base) { try { new URL(text, base); return true; } catch { return false; } }
		static parse(text, base) { try { return new URL(text, base); } catch { return null; } }
	}

	function parseLegacy(text, query) {
		const m = /^(?:([a-z][a-z0-9+.-]*:)?\/\/([^\/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/i.exec(text) || [];
		const host = m[2] === undefined ? null : m[2];
		const search = m[4] === undefined ? (query ? '' : null) : m[4];
		const q = m[4] === undefined ? (query ? '' : null) : m[4].slice(1);
		return {
			protocol: m[1] || null, slashes: host !== null || null, auth: null, host, port: null, hostname: host && host.replace(/:\d*$/, ''), hash: m[5] || null,
			search, query: query ? parseQuery(q) : q, pathname: m[3] || (host !== null ? '/' : null), path: (m[3] || '') + (m[4] || '') || null, href: text,
		};
	}

	const inspect = v => { try { return typeof v === 'string' ? v : JSON.stringify(v); } catch { return String(v); } };
	const format = (f, ...rest) => [typeof f === 'string' ? f.replace(/%[sdifjoO%]/g, m => m === '%%' ? '%' : rest.length ? inspect(rest.shift()) : m) : inspect(f), ...rest.map(inspect)].join(' ');
	const util = {
		inspect, format,
		promisify: f => (...args) => new Promise((ok, no) => f(...args, (e, v) => e ? no(e) : ok(v))),
		callbackify: f => (...args) => { const cb = args.pop(); f(...args).then(v => cb(null, v), cb); },
		inherits(c, s) { Object.setPrototypeOf(c.prototype, s.prototype); Object.setPrototypeOf(c, s); },
		deprecate: f => f, debuglog: () => () => {}, isDeepStrictEqual: (a, b) => JSON.stringify(a) === JSON.stringify(b),
		types: { isPromise: v => v instanceof Promise, isRegExp: v => v instanceof RegExp, isDate: v => v instanceof Date },
		isArray: Array.isArray,
	};

	class Buffer extends Uint8Array {
		static from(v, encoding) {
			if (typeof v === 'string') return Buffer.bytes(native.encode(v, encoding || 'utf8'));
			return Buffer.bytes(Array.from(v));
		}
		static bytes(a) { const b = new Buffer(a.length); for (let i = 0; i < a.length; i++) b[i] = a[i]; return b; }
		static alloc(n) { return new Buffer(n); }
		static isBuffer(v) { return v instanceof Buffer; }
		static byteLength(v) { return typeof v === 'string' ? native.encode(v, 'utf8').length : v.length; }
		static concat(l) { const a = []; for (const b of l) for (let i = 0; i < b.length; i++) a.push(b[i]); return Buffer.bytes(a); }
		toString(encoding) { return native.decode(Array.from(this), encoding || 'utf8'); }
		toJSON() { return { type: 'Buffer', data: Array.from(this) }; }
		equals(o) { return this.length === o.length && this.every((b, i) => b === o[i]); }
	}
	Buffer.allocUnsafe = Buffer.alloc;

	const assert = (v, message) => { if (!v) throw message instanceof Error ? message : new Error(message || 'The expression evaluated to a falsy value'); };
	Object.assign(assert, { ok: assert, equal: (a, b, m) => assert(a == b, m), strictEqual: (a, b, m) => assert(Object.is(a, b), m), deepEqual() {}, deepStrictEqual() {}, notEqual: (a, b, m) => assert(a != b, m) });

	const silent = () => {};
	const console = {};
	for (const name of ['log', 'error', 'warn', 'info', 'debug', 'trace', 'table', 'dir', 'group', 'groupEnd', 'groupCollapsed', 'time', 'timeEnd', 'timeLog', 'count', 'assert', 'clear']) console[name] = silent;

	class AbortSignal { constructor() { this.aborted = false; } addEventListener() {} removeEventListener() {} throwIfAborted() {} static timeout() { return new AbortSignal(); } }
	class AbortController { constructor() { this.signal = new AbortSignal(); } abort() { this.signal.aborted = true; } }
	class TextEncoder { encode(s) { return Buffer.from(String(s)); } }
	class TextDecoder { decode(b) { return b ? Buffer.bytes(Array.from(b)).toString() : ''; } }
	class StringDecoder { write(b) { return typeof b === 'string' ? b : b.toString(); } end(b) { return b ? this.write(b) : ''; } }
	// Intl is what the language's own methods give, in one language and time zone.
	const shows = show => class { format(v) { return show(v); } formatToParts(v) { return [{ type: 'literal', value: show(v) }]; } resolvedOptions() { return { locale: 'en-US', timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' }; } static supportedLocalesOf(l) { return [].concat(l); } };
	const Intl = { DateTimeFormat: shows(v => new Date(v === undefined ? Date.now() : v).toISOString()), NumberFormat: shows(String), ListFormat: shows(v => v.join(', ')), RelativeTimeFormat: shows(String), PluralRules: class { select() { return 'other'; } }, Collator: class { compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; } } };
	class AsyncLocalStorage { run(store, f, ...args) { this._store = store; return f(...args); } getStore() { return this._store; } enterWith(s) { this._store = s; } exit(f, ...args) { return f(...args); } }

	return {
		modules: {
			events: EventEmitter, path, util, assert,
			querystring: { parse: parseQuery, decode: parseQuery, stringify: stringifyQuery, encode: stringifyQuery, escape: encodeURIComponent, unescape: unescapeQuery },
			url: {
				URL, URLSearchParams, parse: parseLegacy, fileURLToPath: u => String(u.href || u).replace(/^file:\/\//, ''), pathToFileURL: p => new URL('file://' + p),
				format: u => typeof u === 'string' ? u : u.href || '', resolve: (a, b) => b,
			},
			buffer: { Buffer },
			os: { cpus: () => [{}, {}], hostname: () => 'localhost', platform: () => 'linux', EOL: '\n', tmpdir: () => '/tmp', networkInterfaces: () => ({}), totalmem: () => 8e9, freemem: () => 4e9, uptime: () => 1, type: () => 'Linux', arch: () => 'x64', release: () => '', homedir: () => '/root' },
			string_decoder: { StringDecoder }, cluster: { isPrimary: false, isMaster: false, isWorker: true, worker: { id: 1, on: silent }, workers: {}, fork: silent, on: silent, setupPrimary: silent, schedulingPolicy: 2 },
			timers: {}, async_hooks: { AsyncLocalStorage },
			perf_hooks: { performance: { now: () => 0 } },
			'timers/promises': { setTimeout: (ms, v) => new Promise(ok => setTimeout(() => ok(v), ms)) },
		},
		globals: { Intl, console, URL, URLSearchParams, Buffer, AbortController, AbortSignal, TextEncoder, TextDecoder, performance: { now: () => 0, mark: silent, measure: silent }, structuredClone: v => JSON.parse(JSON.stringify(v)) },
		parseQuery, emitter, asyncIterator: Symbol.asyncIterator,
	};
})
