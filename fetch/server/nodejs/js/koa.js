// Models of Koa 3 and of packages for it.
(function (native) {
	'use strict';

	const known = err => {
		if (!native.isUnknown(err)) return err;
		native.unsure(err);
		return new Error('an error that is not known');
	};
	const empty = code => code === 204 || code === 205 || code === 304;
	const redirects = [300, 301, 302, 303, 305, 307, 308];
	const types = { text: 'text/plain; charset=utf-8', html: 'text/html; charset=utf-8', json: 'application/json; charset=utf-8', bin: 'application/octet-stream', xml: 'application/xml', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', png: 'image/png' };
	const typeOf = t => native.isUnknown(t) || String(t).includes('/') ? t : types[String(t).replace(/^.*\./, '')];
	const isStream = v => typeof v === 'object' && v !== null && typeof v.pipe === 'function';

	function flatten(list) { return list.reduce((out, v) => out.concat(!native.isUnknown(v) && Array.isArray(v) ? flatten(v) : [v]), []); }

	// call gives the context to a middleware; one that is not known answers or goes on.
	function call(fn, ctx, next) {
		if (!native.isUnknown(fn)) return fn(ctx, next);
		switch (native.serves(fn)) {
		case 'next': return next();
		case 'answer': ctx.status = 200; ctx.body = '…';
		}
		return undefined;
	}

	function compose(middleware) {
		if (!native.isUnknown(middleware) && !Array.isArray(middleware)) throw new TypeError('Middleware stack must be an array!');
		middleware = flatten([middleware]);
		for (const fn of middleware) {
			if (!native.isUnknown(fn) && typeof fn !== 'function') throw new TypeError('Middleware must be composed of functions!');
		}
		return (ctx, next) => {
			let last = -1;
			const step = i => {
				if (i <= last) return Promise.reject(new Error('next() called multiple times'));
				last = i;
				const fn = i === middleware.length ? next : middleware[i];
				if (!native.isUnknown(fn) && !fn) return Promise.resolve();
				try {
					return Promise.resolve(call(fn, ctx, () => step(i + 1)));
				} catch (err) {
					return Promise.reject(err);
				}
			};
			return step(0);
		};
	}

	const pathOf = url => {
		if (url[0] !== '/' && url !== '*') { try { return new URL(url).pathname; } catch { return url; } }
		const i = url.search(/[?#]/);
		return i < 0 ? url : url.slice(0, i);
	};
	const queryOf = url => { const i = url.indexOf('?'); return i < 0 ? '' : url.slice(i + 1).replace(/#.*$/, ''); };

	const request = {
		get header() { return this.req.headers; }, get headers() { return this.req.headers; },
		get url() { return this.req.url; }, set url(v) { this.req.url = v; },
		get method() { return this.req.method; }, set method(v) { this.req.method = v; },
		get path() { return pathOf(this.req.url); },
		set path(v) { const q = queryOf(this.req.url); this.req.url = q ? v + '?' + q : v; },
		get querystring() { return queryOf(this.req.url); },
		get search() { const q = queryOf(this.req.url); return q ? '?' + q : ''; },
		get query() { return native.require('querystring').parse(this.querystring); },
		get host() { return this.get(this.app.proxy && this.get('X-Forwarded-Host') ? 'X-Forwarded-Host' : 'Host').split(/\s*,\s*/)[0]; },
		get hostname() { return this.host.replace(/:\d+$/, ''); },
		get protocol() { return this.app.proxy && this.get('X-Forwarded-Proto') ? this.get('X-Forwarded-Proto').split(/\s*,\s*/)[0] : 'http'; },
		get secure() { return this.protocol === 'https'; },
		get origin() { return this.protocol + '://' + this.host; },
		get href() { return this.origin + this.ctx.originalUrl; },
		get URL() { return new URL(this.href); },
		get socket() { return this.req.socket; },
		get ip() { return '127.0.0.1'; }, get ips() { return []; }, get subdomains() { return []; },
		get length() { const n = this.get('Content-Length'); return n === '' ? undefined : ~~n; },
		get type() { return this.get('Content-Type').split(';')[0].trim(); },
		get fresh() { return false; }, get stale() { return true; },
		get idempotent() { return ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'].includes(this.method); },
		get(field) {
			const name = String(field).toLowerCase(), h = this.req.headers;
			if (name === 'referer' || name === 'referrer') return h.referrer || h.referer || '';
			return h[name] || '';
		},
		is(...list) { const t = this.type; return t ? flatten(list).find(w => t === w || t.endsWith('/' + w) || t.startsWith(w.replace('*', ''))) || false : null; },
		accepts(...list) {
			list = flatten(list);
			const accept = this.get('Accept').toLowerCase();
			if (!list.length) return accept.split(',').map(s => s.split(';')[0].trim());
			if (accept === '' || accept.includes('*/*')) return list[0];
			return list.find(t => { const full = (types[t] || t).split(';')[0]; return accept.includes(full) || accept.includes(full.split('/')[0] + '/*'); }) || false;
		},
		acceptsEncodings: (...list) => flatten(list)[0] || false, acceptsCharsets: (...list) => flatten(list)[0] || false, acceptsLanguages: (...list) => flatten(list)[0] || false,
	};

	const response = {
		get socket() { return this.res.socket; },
		get header() { return this.res.getHeaders(); }, get headers() { return this.res.getHeaders(); },
		get status() { return this.res.statusCode; },
		set status(code) {
			if (this.headerSent) return;
			if (!native.isUnknown(code)) {
				if (!Number.isInteger(code)) throw new Error('status code must be a number');
				if (code < 100 || code > 999) throw new Error('invalid status code: ' + code);
			}
			this._explicitStatus = true;
			this.res.statusCode = code;
			if (!native.isUnknown(code) && this.body && empty(code)) this.body = null;
		},
		get message() { return this.res.statusMessage || native.statuses[this.status]; },
		set message(v) { this.res.statusMessage = v; },
		get body() { return this._body; },
		set body(v) {
			this._body = v;
			if (v === null || v === undefined) {
				if (!empty(this.status)) {
					if (this.type === 'application/json') { this._body = 'null'; return; }
					this.status = 204;
				}
				if (v === null) this._explicitNullBody = true;
				for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) this.remove(name);
				return;
			}
			if (!this._explicitStatus) this.status = 200;
			if (native.isUnknown(v)) { native.unsure(v); return; }
			const setType = !this.has('Content-Type');
			if (typeof v === 'string') {
				if (setType) this.type = /^\s*</.test(v) ? 'html' : 'text';
				this.length = v.length;
			} else if (Buffer.isBuffer(v) || isStream(v)) {
				if (setType) this.type = 'bin';
			} else if (v instanceof Response) {
				this.status = v.status;
				if (setType) this.type = 'bin';
				for (const [name, value] of v.headers) this.set(name, value);
			} else {
				this.remove('Content-Length');
				if (!this.type || !/\bjson\b/i.test(this.type)) this.type = 'json';
			}
		},
		get length() { return this.has('Content-Length') ? parseInt(this.get('Content-Length'), 10) || 0 : undefined; },
		set length(n) { if (!this.has('Transfer-Encoding')) this.set('Content-Length', n); },
		get headerSent() { return this.res.headersSent; },
		get writable() { return !this.res.writableEnded; },
		get type() { const t = this.get('Content-Type'); return t ? t.split(';', 1)[0] : ''; },
		set type(t) { t = typeOf(t); if (t) this.set('Content-Type', t); else this.remove('Content-Type'); },
		get lastModified() { return undefined; }, set lastModified(v) {},
		get etag() { return this.get('ETag'); }, set etag(v) { this.set('ETag', String(v)); },
		get(field) { return this.res.getHeader(field); },
		has(field) { return this.res.hasHeader(field); },
		set(field, value) {
			if (this.headerSent || !field) return;
			const pairs = typeof field === 'string' ? [[field, value]] : Object.entries(field);
			for (const [k, v] of pairs) this.res.setHeader(k, v);
		},
		append(field, value) {
			const old = this.get(field);
			this.set(field, old ? [].concat(old).concat(value) : value);
		},
		remove(field) { if (!this.headerSent) this.res.removeHeader(field); },
		vary(field) { if (!this.headerSent) vary(this.res, field); },
		redirect(url) {
			if (native.isUnknown(url)) native.unsure(url);
			else if (/^https?:\/\//i.test(url)) url = new URL(url).toString();
			this.set('Location', url);
			if (!redirects.includes(this.status)) this.status = 302;
			this.type = 'text/plain; charset=utf-8';
			this.body = 'Redirecting';
		},
		back(alt) { this.redirect(this.ctx.get('Referrer') || alt || '/'); },
		attachment(name) { this.set('Content-Disposition', 'attachment'); },
		is(...list) { return flatten(list).find(w => this.type.includes(w)) || false; },
		flushHeaders() { this.res.flushHeaders(); },
	};

	// vary adds fields to the header Vary.
	function vary(res, field) {
		const old = res.getHeader('Vary') || '', text = Array.isArray(old) ? old.join(', ') : String(old);
		const now = varyText(text, field);
		if (now) res.setHeader('Vary', now);
	}
	function varyText(text, field) {
		const list = s => s.split(',').map(p => p.trim()).filter(p => p !== '');
		const fields = Array.isArray(field) ? field : list(String(field));
		if (text === '*') return text;
		const have = list(text.toLowerCase());
		if (fields.includes('*') || have.includes('*')) return '*';
		for (const f of fields) {
			if (have.includes(f.toLowerCase())) continue;
			have.push(f.toLowerCase());
			text = text ? text + ', ' + f : f;
		}
		return text;
	}

	function httpError(...args) { return native.require('http-errors')(...args); }

	const context = {
		throw(...args) { throw httpError(...args); },
		assert(value, ...args) { if (!value) throw httpError(...args); },
		onerror(err) {
			if (err === null || err === undefined) return;
			err = known(err);
			if (!(err instanceof Error)) err = new Error('non-error thrown');
			if (this.headerSent || !this.writable) { this.app.emit('error', err, this); return; }
			this.app.emit('error', err, this);
			const { res } = this;
			res.getHeaderNames().forEach(name => res.removeHeader(name));
			const headers = err.headers || {};
			for (const name of Object.keys(headers)) {
				if (!['content-type', 'content-length'].includes(name.toLowerCase())) this.set(name, headers[name]);
			}
			this.type = 'text';
			let status = err.status || err.statusCode;
			if (native.isUnknown(status)) { native.unsure(status); status = 500; }
			if (typeof status !== 'number' || !native.statuses[status]) status = 500;
			this.status = err.status = status;
			res.end(err.expose ? String(err.message) : native.statuses[status]);
		},
		get cookies() { return { get: () => undefined, set: () => {} }; },
	};
	const delegate = (owner, from, names) => {
		for (const name of names) {
			Object.defineProperty(owner, name, {
				configurable: true, get() { const v = this[from][name]; return typeof v === 'function' && !native.isUnknown(v) && name !== 'body' ? v.bind(this[from]) : v; },
				set(v) { this[from][name] = v; },
			});
		}
	};
	delegate(context, 'response', ['attachment', 'redirect', 'remove', 'vary', 'has', 'set', 'append', 'flushHeaders', 'back', 'status', 'message', 'body', 'length', 'type', 'lastModified', 'etag', 'headerSent', 'writable']);
	delegate(context, 'request', ['acceptsLanguages', 'acceptsEncodings', 'acceptsCharsets', 'accepts', 'get', 'is', 'querystring', 'idempotent', 'socket', 'search', 'method', 'query', 'path', 'url',
		'origin', 'href', 'subdomains', 'protocol', 'host', 'hostname', 'URL', 'header', 'headers', 'secure', 'stale', 'fresh', 'ips', 'ip']);

	function respond(ctx) {
		if (ctx.respond === false || native.stops()) return;
		const { res } = ctx;
		const body = ctx.body, code = ctx.status;
		if (!native.isUnknown(code) && empty(code)) { ctx.body = null; res.end(); return; }
		if (ctx.method === 'HEAD') { res.end(); return; }
		if (body === null || body === undefined) {
			if (ctx.response._explicitNullBody) {
				ctx.response.remove('Content-Type');
				ctx.response.remove('Transfer-Encoding');
				res.end();
				return;
			}
			ctx.type = 'text';
			res.end(ctx.message || String(code));
			return;
		}
		if (native.isUnknown(body) || isStream(body)) { res.end('…'); return; }
		if (typeof body === 'string' || Buffer.isBuffer(body)) { res.end(body); return; }
		res.end(body instanceof Response ? '…' : JSON.stringify(body));
	}

	class Koa extends native.require('events') {
		constructor(options) {
			super();
			options = options || {};
			this.proxy = options.proxy || false;
			this.env = options.env || process.env.NODE_ENV || 'development';
			this.middleware = [];
			this.context = Object.create(context);
			this.request = Object.create(request);
			this.response = Object.create(response);
			native.server(this, (req, res) => this.callback()(req, res));
		}
		listen(...args) { return native.require('http').createServer(this.callback()).listen(...args); }
		use(fn) {
			if (!native.isUnknown(fn) && typeof fn !== 'function') throw new TypeError('middleware must be a function!');
			this.middleware.push(fn);
			return this;
		}
		callback() {
			const fn = compose(this.middleware);
			if (!this.listenerCount('error')) this.on('error', err => this.onerror(err));
			return (req, res) => {
				const ctx = this.createContext(req, res);
				res.statusCode = 404;
				native.stands(() => { ctx.status = 200; ctx.body = '…'; }, ctx, ctx.response);
				return fn(ctx).then(() => respond(ctx)).catch(err => ctx.onerror(err));
			};
		}
		handleRequest(ctx, fn) { return fn(ctx).then(() => respond(ctx)).catch(err => ctx.onerror(err)); }
		createContext(req, res) {
			const ctx = Object.create(this.context), q = Object.create(this.request), s = Object.create(this.response);
			ctx.request = q; ctx.response = s;
			ctx.app = q.app = s.app = this;
			ctx.req = q.req = s.req = req;
			ctx.res = q.res = s.res = res;
			q.ctx = s.ctx = ctx;
			q.response = s; s.request = q;
			ctx.originalUrl = q.originalUrl = req.url;
			ctx.state = {};
			return ctx;
		}
		onerror(err) { if (!(err instanceof Error)) throw new TypeError('non-error thrown: ' + err); }
		toJSON() { return {}; }
		static get default() { return Koa; }
	}
	Koa.HttpError = Error;

	// @koa/cors 5.
	function cors(given) {
		if (native.isUnknown(given)) {
			native.policy(given);
			return () => { native.fail(given); };
		}
		const options = { allowMethods: 'GET,HEAD,PUT,POST,DELETE,PATCH', secureContext: false, ...given };
		const policy = native.policy({ origin: options.origin, methods: options.allowMethods, allowedHeaders: options.allowHeaders, exposedHeaders: options.exposeHeaders, credentials: options.credentials, maxAge: options.maxAge });
		for (const name of ['exposeHeaders', 'allowMethods', 'allowHeaders']) {
			if (Array.isArray(options[name])) options[name] = options[name].join(',');
		}
		if (options.maxAge) options.maxAge = String(options.maxAge);
		const keep = options.keepHeadersOnError === undefined || !!options.keepHeadersOnError;
		return async function cors(ctx, next) {
			native.note(policy);
			const from = ctx.get('Origin');
			ctx.vary('Origin');
			let origin;
			if (native.isUnknown(options.origin)) origin = options.origin || '*';
			else if (typeof options.origin === 'function') {
				origin = await options.origin(ctx);
				if (!origin) {
					native.note(policy, '', 'the origin function does not allow the origin');
					return await next();
				}
			} else origin = options.origin || '*';
			let credentials = !!options.credentials;
			if (typeof options.credentials === 'function') credentials = await options.credentials(ctx);
			if (credentials && origin === '*') origin = from;
			const mine = {};
			const set = (name, value) => {
				ctx.set(name, value);
				native.note(policy, name, '@koa/cors sets it');
				mine[name] = value;
			};
			const isolate = () => {
				if (!options.secureContext) return;
				set('Cross-Origin-Opener-Policy', 'same-origin');
				set('Cross-Origin-Embedder-Policy', 'require-corp');
			};
			if (ctx.method !== 'OPTIONS') {
				set('Access-Control-Allow-Origin', origin);
				if (credentials === true) set('Access-Control-Allow-Credentials', 'true');
				if (options.exposeHeaders) set('Access-Control-Expose-Headers', options.exposeHeaders);
				isolate();
				if (!keep) return await next();
				try {
					return await next();
				} catch (thrown) {
					const err = known(thrown);
					const theirs = err.headers || {};
					const now = varyText(theirs.vary || theirs.Vary || '', 'Origin');
					delete theirs.Vary;
					err.headers = { ...theirs, ...mine, vary: now };
					throw err;
				}
			}
			if (!ctx.get('Access-Control-Request-Method')) {
				native.note(policy, '', 'an OPTIONS request without Access-Control-Request-Method is not a preflight');
				return await next();
			}
			set('Access-Control-Allow-Origin', origin);
			if (credentials === true) set('Access-Control-Allow-Credentials', 'true');
			if (options.maxAge) set('Access-Control-Max-Age', options.maxAge);
			if (options.privateNetworkAccess && ctx.get('Access-Control-Request-Private-Network')) set('Access-Control-Allow-Private-Network', 'true');
			if (options.allowMethods) set('Access-Control-Allow-Methods', options.allowMethods);
			isolate();
			const headers = options.allowHeaders || ctx.get('Access-Control-Request-Headers');
			if (headers) set('Access-Control-Allow-Headers', headers);
			ctx.status = 204;
		};
	}

	// @koa/router 15.
	class Layer {
		constructor(path, methods, stack, opts) {
			this.opts = opts;
			this.methods = [];
			for (const m of methods) {
				this.methods.push(m.toUpperCase());
				if (m.toUpperCase() === 'GET') this.methods.unshift('HEAD');
			}
			this.stack = flatten([stack]);
			for (const fn of this.stack) {
				if (!native.isUnknown(fn) && typeof fn !== 'function') throw new Error(methods + ' `' + (opts.name || path) + '`: `middleware` must be a function, not `' + typeof fn + '`');
			}
			this.path = path;
			this.name = opts.name;
			this.configure();
		}
		configure() {
			if (this.opts.asRegExp) {
				const re = this.path instanceof RegExp ? this.path : new RegExp(this.path);
				this.test = p => re.test(p) ? {} : null;
			} else this.test = native.pattern(this.path, this.opts);
		}
		setPrefix(prefix) {
			if (!this.path || this.path instanceof RegExp) return this;
			if (this.opts.asRegExp) {
				if (prefix.includes(':')) { this.path = '{/*rest}'; this.opts.asRegExp = false; }
			}
			this.path = this.path === '/' && !this.opts.strict ? prefix : prefix + this.path;
			if (this.opts.asRegExp) {
				const re = new RegExp('^' + this.path);
				this.test = p => re.test(p) ? {} : null;
			} else this.configure();
			return this;
		}
		clone() {
			const l = Object.assign(Object.create(Layer.prototype), this);
			l.stack = [...this.stack]; l.methods = [...this.methods]; l.opts = { ...this.opts };
			return l;
		}
	}

	function Router(opts) {
		if (!new.target) return new Router(opts);
		this.opts = opts || {};
		this.methods = this.opts.methods || ['HEAD', 'OPTIONS', 'GET', 'PUT', 'PATCH', 'POST', 'DELETE'];
		this.params = {};
		this.stack = [];
	}
	const isPath = v => !native.isUnknown(v) && (typeof v === 'string' || v instanceof RegExp);
	Router.prototype = {
		constructor: Router,
		register(path, methods, stack, opts) {
			if (Array.isArray(path)) { for (const p of path) this.register(p, methods, stack, opts); return this; }
			const o = { ...this.opts, ...opts };
			const layer = new Layer(path, methods, stack, { end: o.end !== false, name: o.name, sensitive: !!o.sensitive, strict: !!o.strict, asRegExp: !!o.asRegExp });
			if (this.opts.prefix) layer.setPrefix(this.opts.prefix);
			for (const name of Object.keys(this.params)) for (const fn of this.params[name]) addParam(layer, name, fn);
			this.stack.push(layer);
			if (methods.length > 0) for (const m of methods.length > 20 ? [''] : methods) native.route(m.toUpperCase(), String(layer.path));
			return layer;
		},
		use(...list) {
			if (Array.isArray(list[0]) && list[0].length > 0 && list[0].every(p => isPath(p))) {
				for (const p of list[0]) this.use(p, ...list.slice(1));
				return this;
			}
			let path;
			const has = isPath(list[0]);
			if (has) path = list.shift();
			if (list.length === 0) throw new Error('You must provide at least one middleware function to router.use()');
			for (const fn of flatten(list)) {
				if (!native.isUnknown(fn) && fn.router) this.mount(fn.router, path);
				else this.middlewareAt(fn, path, has);
			}
			return this;
		},
		mount(router, path) {
			for (const layer of router.stack) {
				const l = layer.clone();
				if (typeof path === 'string') l.setPrefix(path);
				if (this.opts.prefix) l.setPrefix(this.opts.prefix);
				for (const name of Object.keys(this.params)) for (const fn of this.params[name]) addParam(l, name, fn);
				this.stack.push(l);
			}
		},
		middlewareAt(fn, path, has) {
			const params = (this.opts.prefix || '').includes(':');
			if (path === undefined && params) { path = ''; has = true; }
			let at = '(?:\\/|$)', asRegExp = true;
			if (path !== undefined) {
				asRegExp = typeof path !== 'string';
				at = path === '' ? '{/*rest}' : path;
			}
			this.register(at, [], fn, { end: has && at === '/', asRegExp });
		},
		prefix(prefix) {
			prefix = prefix.replace(/\/$/, '');
			const before = this.opts.prefix || '';
			this.opts.prefix = prefix;
			for (const layer of this.stack) {
				if (before && typeof layer.path === 'string' && (layer.path === before || layer.path.startsWith(before + '/'))) layer.path = layer.path.slice(before.length) || '/';
				layer.setPrefix(prefix);
			}
			return this;
		},
		routes() {
			const f = (ctx, next) => {
				if (this.opts.host && !hostFits(this.opts.host, ctx.host)) return next();
				const path = this.opts.routerPath || ctx.newRouterPath || ctx.path || ctx.routerPath || '';
				const at = [], chain = [];
				let route = false;
				for (const layer of this.stack) {
					const params = layer.test(path);
					if (!params) continue;
					at.push(layer);
					if (layer.methods.length > 0 && !layer.methods.includes(ctx.method.toUpperCase())) continue;
					route = route || layer.methods.length > 0;
					chain.push((c, go) => {
						c.params = c.request.params = { ...c.params, ...params };
						c.routerPath = layer.path; c.routerName = layer.name; c._matchedRoute = layer.path;
						return go();
					}, ...layer.stack);
				}
				ctx.matched = ctx.matched ? ctx.matched.concat(at) : at;
				ctx.router = this;
				ctx.routeMatched = route;
				if (!route) return next();
				return compose(chain)(ctx, next);
			};
			f.router = this;
			return f;
		},
		middleware() { return this.routes(); },
		allowedMethods(options) {
			options = options || {};
			return (ctx, next) => next().then(() => {
				if (!ctx.matched || native.isUnknown(ctx.status) || ctx.status && ctx.status !== 404) return;
				const all = {};
				for (const layer of ctx.matched) for (const m of layer.methods) all[m] = m;
				const list = Object.keys(all), method = ctx.method.toUpperCase();
				if (!this.methods.includes(method)) {
					if (options.throw) throw options.notImplemented ? options.notImplemented() : httpError(501);
					ctx.status = 501;
					ctx.set('Allow', list.join(', '));
				} else if (list.length > 0 && method === 'OPTIONS') {
					ctx.status = 200;
					ctx.body = '';
					ctx.set('Allow', list.join(', '));
				} else if (list.length > 0 && !all[method]) {
					if (options.throw) throw options.methodNotAllowed ? options.methodNotAllowed() : httpError(405);
					ctx.status = 405;
					ctx.set('Allow', list.join(', '));
				}
			});
		},
		param(name, fn) {
			(this.params[name] = this.params[name] || []).push(fn);
			for (const layer of this.stack) addParam(layer, name, fn);
			return this;
		},
		redirect(from, to, code) { return this.all(from, ctx => { ctx.redirect(to); ctx.status = code || 301; }); },
		all(...args) { return this.add(native.methods.map(m => m.toLowerCase()), args); },
		add(methods, args) {
			let name;
			if (args.length >= 2 && isPath(args[1])) name = args.shift();
			const path = args.shift();
			this.register(path, methods, args, { name, asRegExp: path instanceof RegExp });
			return this;
		},
		route(name) { return this.stack.find(l => l.name === name) || false; },
		url(name) { return String(name); },
	};
	for (const m of native.methods) Router.prototype[m.toLowerCase()] = function (...args) { return this.add([m.toLowerCase()], args); };
	Router.prototype.del = Router.prototype.delete;
	Router.Router = Router;
	Router.default = Router;

	function hostFits(host, given) {
		if (!given) return false;
		if (Array.isArray(host)) return host.includes(given);
		return host instanceof RegExp ? host.test(given) : host === given;
	}
	function addParam(layer, name, fn) {
		if (typeof layer.path !== 'string' || !layer.path.includes(':' + name)) return;
		const f = (ctx, next) => fn(ctx.params[name], ctx, next);
		f.param = name;
		const i = layer.stack.findIndex(s => native.isUnknown(s) || !s.param);
		layer.stack.splice(i < 0 ? layer.stack.length : i, 0, f);
	}

	// koa-bodyparser and its like: a body that is not JSON is an error 400.
	function bodyParser(options) {
		const all = options && options.onerror;
		return async (ctx, next) => {
			if (ctx.request.body !== undefined) return await next();
			const t = ctx.request.type.toLowerCase();
			ctx.request.body = {};
			if (['POST', 'PUT', 'PATCH'].includes(ctx.method) || ctx.request.length) {
				const text = native.body();
				if (t === 'application/json' || t.endsWith('+json')) {
					if (text !== '') {
						try {
							if (!/^[\x20\x09\x0a\x0d]*[[{]/.test(text)) throw new SyntaxError('invalid JSON, only supports object and array');
							ctx.request.body = JSON.parse(text);
						} catch (e) {
							const err = httpError(400, e.message);
							if (!all) throw err;
							all(err, ctx);
						}
					}
				} else if (t === 'application/x-www-form-urlencoded') ctx.request.body = { ...native.require('querystring').parse(text) };
				else if (t.startsWith('text/')) ctx.request.body = text;
			}
			return await next();
		};
	}
	bodyParser.default = bodyParser.bodyParser = bodyParser.koaBody = bodyParser;

	// koa-static 5.0.0 answers GET and HEAD for files that exist.
	function serve(root, opts) {
		const o = opts || {}, fs = native.require('fs'), dir = native.isUnknown(root) ? '' : String(root).replace(/\/$/, '');
		const send = ctx => {
			const path = ctx.path.endsWith('/') ? ctx.path + (o.index === false ? '' : o.index || 'index.html') : ctx.path;
			if (!/\.[^/]*$/.test(path) || !fs.existsSync(dir + path)) return false;
			ctx.status = 200;
			ctx.body = '…';
			return true;
		};
		return async (ctx, next) => {
			const reads = ctx.method === 'HEAD' || ctx.method === 'GET';
			if (!o.defer && reads && send(ctx)) return;
			await next();
			if (o.defer && reads && !ctx.body && ctx.status === 404) send(ctx);
		};
	}

	function mount(prefix, app) {
		if (typeof prefix !== 'string') { app = prefix; prefix = '/'; }
		const inner = native.isUnknown(app) ? app : app.middleware ? compose(app.middleware) : app;
		if (prefix === '/') return inner;
		prefix = prefix.replace(/\/$/, '');
		return async (ctx, next) => {
			const before = ctx.path;
			if (before !== prefix && !before.startsWith(prefix + '/')) return await next();
			ctx.path = before.slice(prefix.length) || '/';
			await call(inner, ctx, async () => { ctx.path = before; await next(); ctx.path = before.slice(prefix.length) || '/'; });
			ctx.path = before;
		};
	}

	cors.default = cors;
	compose.default = compose;
	return {
		koa: Koa, '@koa/cors': cors, 'koa-cors': native.unknown("require('koa-cors')", 'package koa-cors is not modelled'), 'koa2-cors': native.unknown("require('koa2-cors')", 'package koa2-cors is not modelled'),
		'@koa/router': Router, 'koa-router': Router, 'koa-compose': compose,
		'koa-bodyparser': bodyParser, '@koa/bodyparser': bodyParser, 'koa-body': bodyParser, 'koa-mount': mount, 'koa-static': serve,
	};
})
