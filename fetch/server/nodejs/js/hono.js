// Models of Hono 4, its middleware and its server for Node.
(function (native, web) {
	'use strict';

	const known = err => {
		if (!native.isUnknown(err)) return err;
		native.unsure(err);
		return new Error('an error that is not known');
	};
	const flat = v => Array.isArray(v) ? v : [v];
	const mergePath = (base, sub) => {
		const start = base[0] === '/' ? '' : '/';
		if (sub === '/') return start + base;
		return start + base + (base.endsWith('/') ? '' : '/') + (sub[0] === '/' ? sub.slice(1) : sub);
	};

	// Paths: "*" and "/x/*", ":name", ":name{expression}", ":name?" at the end.
	const escape = s => s.replace(/[.\\+*?[\]^$(){}|/-]/g, '\\$&');
	function variants(path) {
		if (!path.endsWith('?') || !path.includes(':')) return [path];
		const out = [];
		let base = '';
		for (const part of path.split('/')) {
			if (part === '') continue;
			if (part.includes(':') && part.endsWith('?')) {
				out.push(base === '' && out.length === 0 ? '/' : base);
				base += '/' + part.slice(0, -1);
				out.push(base);
			} else base += '/' + part;
		}
		return out;
	}
	function compile(path) {
		if (path === '/*') path = '*';
		const names = [];
		let source = '', i = 0;
		while (i < path.length) {
			const rest = path.slice(i);
			if (rest === '/*') { source += '(?:|/[\\s\\S]*)'; break; }
			if (rest === '*') { source += '[\\s\\S]*'; break; }
			const param = /^:([^{}/]+)(\{((?:\{[\d,]+\}|[^}])+)\})?/.exec(rest);
			if (param) {
				names.push(param[1]);
				source += '(' + (param[3] ? param[3].replace(/\((?!\?)/g, '(?:') : '[^/]+') + ')';
				i += param[0].length;
			} else {
				source += rest[0] === '*' ? '[^/]+' : escape(rest[0]);
				i++;
			}
		}
		const re = new RegExp('^' + source + '$');
		return p => {
			const m = re.exec(p);
			if (!m) return null;
			const params = {};
			names.forEach((n, j) => { params[n] = m[j + 1]; });
			return params;
		};
	}
	const matcher = path => {
		const all = variants(path).map(p => compile(p));
		return p => { for (const f of all) { const r = f(p); if (r) return r; } return null; };
	};

	const decode = (s, f) => {
		try { return f(s); } catch { return s.replace(/(?:%[0-9A-Fa-f]{2})+/g, p => { try { return f(p); } catch { return p; } }); }
	};
	function pathOf(request) {
		const url = request.url;
		const start = url.indexOf('/', url.indexOf(':') + 4);
		const path = url.slice(start).replace(/[?#].*$/s, '');
		return path.includes('%') ? decode(path, v => decodeURI(v.replace(/%25/g, '%2525'))) : path;
	}

	class HonoRequest {
		constructor(raw, path, match) { this.raw = raw; this.path = path; this._match = match; this.routeIndex = 0; this.bodyCache = {}; }
		get url() { return this.raw.url; }
		get method() { return this.raw.method; }
		get routePath() { const m = this._match[this.routeIndex]; return m ? m.route.path : ''; }
		get matchedRoutes() { return this._match.map(m => m.route); }
		header(name) {
			if (name !== undefined) { const v = this.raw.headers.get(String(name)); return v === null ? undefined : v; }
			const out = {};
			for (const [k, v] of this.raw.headers) out[k] = v;
			return out;
		}
		param(name) {
			const params = {};
			const m = this._match[this.routeIndex];
			if (m) for (const k of Object.keys(m.params)) if (m.params[k] !== undefined) params[k] = decode(m.params[k], decodeURIComponent);
			return name === undefined ? params : params[name];
		}
		query(name) {
			const q = new URL(this.url).searchParams;
			if (name !== undefined) { const v = q.get(name); return v === null ? undefined : v; }
			const out = {};
			for (const [k, v] of q) if (!(k in out)) out[k] = v;
			return out;
		}
		queries(name) { const q = new URL(this.url).searchParams; return name === undefined ? {} : q.getAll(name); }
		json() { return this.raw.json(); }
		text() { return this.raw.text(); }
		arrayBuffer() { return this.raw.arrayBuffer(); }
		blob() { return this.raw.blob(); }
		formData() { return this.raw.formData(); }
		async parseBody() { return { ...native.require('querystring').parse(await this.raw.text()) }; }
		valid(target) { return native.unknown('c.req.valid()', ''); }
		addValidatedData() {}
	}

	class Context {
		constructor(raw, o) {
			this._raw = raw; this._path = o.path; this._match = o.match; this._notFound = o.notFound;
			this.env = o.env; this._execution = o.execution; this.finalized = false; this._vars = new Map();
			this.req = new HonoRequest(raw, o.path, o.match);
			for (const name of ['header', 'status', 'set', 'get', 'newResponse', 'body', 'text', 'json', 'html', 'redirect', 'notFound', 'render', 'setRenderer', 'setLayout', 'getLayout']) this[name] = this[name].bind(this);
		}
		get executionCtx() { if (this._execution) return this._execution; throw new Error('This context has no ExecutionContext'); }
		get event() { return this.executionCtx; }
		get res() {
			if (!this._res) this._res = new Response(null, { headers: this._headers = this._headers || new Headers() });
			return this._res;
		}
		set res(r) {
			if (this._res && r) {
				r = new Response(r._valid(), r);
				for (const [k, v] of this._res.headers) {
					if (k === 'content-type') continue;
					if (k === 'set-cookie') r.headers.append(k, v); else r.headers.set(k, v);
				}
			}
			this._res = r;
			this.finalized = true;
		}
		get var() { return Object.fromEntries(this._vars); }
		header(name, value, options) {
			if (this.finalized) this._res = new Response(this._res._valid(), this._res);
			const h = this._res ? this._res.headers : this._headers = this._headers || new Headers();
			if (value === undefined) h.delete(name);
			else if (options && options.append) h.append(name, value);
			else h.set(name, value);
		}
		status(code) { this._status = code; }
		set(k, v) { this._vars.set(k, v); }
		get(k) { return this._vars.get(k); }
		newResponse(data, arg, headers) {
			let h = this._res ? new Headers(this._res.headers) : this._headers;
			if (native.isUnknown(arg)) native.unsure(arg);
			else if (typeof arg === 'object' && arg !== null && arg.headers) {
				h = h || new Headers();
				for (const [k, v] of new Headers(arg.headers)) { if (k === 'set-cookie') h.append(k, v); else h.set(k, v); }
			}
			if (headers) {
				if (!h && (Object.keys(headers).length > 1 || Object.values(headers).some(v => typeof v !== 'string'))) h = new Headers();
				if (h) {
					for (const k of Object.keys(headers)) {
						const v = headers[k];
						if (Array.isArray(v)) { h.delete(k); v.forEach(w => h.append(k, w)); } else h.set(k, v);
					}
				}
			}
			let status = native.isUnknown(arg) ? 200 : typeof arg === 'number' ? arg : arg && arg.status;
			if (status === undefined || status === null) status = this._status;
			if (native.isUnknown(status)) { native.unsure(status); status = 200; }
			return new Response(data, { status, headers: h || headers });
		}
		body(data, arg, headers) { return this.newResponse(data, arg, headers); }
		text(text, arg, headers) {
			if (!this._headers && !this._status && !arg && !headers && !this.finalized) return new Response(text);
			return this.newResponse(text, arg, { 'Content-Type': 'text/plain; charset=UTF-8', ...headers });
		}
		json(value, arg, headers) { return this.newResponse(native.isUnknown(value) ? '…' : JSON.stringify(value), arg, { 'Content-Type': 'application/json', ...headers }); }
		html(html, arg, headers) { return this.newResponse(typeof html === 'object' ? '…' : html, arg, { 'Content-Type': 'text/html; charset=UTF-8', ...headers }); }
		redirect(to, status) { this.header('Location', String(to)); return this.newResponse(null, status === undefined ? 302 : status); }
		notFound() { return this._notFound(this); }
		render(content) { return this.html(content); }
		setRenderer() {} setLayout(l) { return l; } getLayout() {}
	}

	// call gives the context to a handler; one that is not known answers or goes on.
	function call(fn, c, next) {
		if (!native.isUnknown(fn)) {
			const r = fn(c, next);
			return native.isUnknown(r) ? fromUnknown(r, c) : r && typeof r.then === 'function' ? r.then(v => native.isUnknown(v) ? fromUnknown(v, c) : v) : r;
		}
		switch (native.serves(fn)) {
		case 'next': return next();
		case 'answer': return c.text('…');
		}
		return undefined;
	}
	const fromUnknown = (v, c) => native.answered(v) ? c.text('…') : undefined;

	function compose(list, onError, onNotFound) {
		return (c, next) => {
			let last = -1;
			const step = async i => {
				if (i <= last) throw new Error('next() called multiple times');
				last = i;
				let res, isError = false, handler;
				if (list[i]) { handler = list[i].route.handler; c.req.routeIndex = i; }
				else if (i === list.length) handler = next;
				if (handler) {
					try {
						res = await call(handler, c, () => step(i + 1));
					} catch (thrown) {
						const err = known(thrown);
						if (!(err instanceof Error) || !onError) throw err;
						c.error = err;
						res = await onError(err, c);
						isError = true;
					}
				} else if (c.finalized === false && onNotFound) res = await onNotFound(c);
				if (native.isUnknown(res)) res = fromUnknown(res, c);
				if (res && (c.finalized === false || isError)) c.res = res;
				return c;
			};
			return step(0);
		};
	}

	const notFound = c => c.text('404 Not Found', 404);
	const onError = (err, c) => {
		if ('getResponse' in err) { const r = err.getResponse(); return c.newResponse(r._valid(), r); }
		return c.text('Internal Server Error', 500);
	};

	class Hono {
		constructor(options) {
			options = options || {};
			this.routes = []; this._added = []; this._basePath = '/'; this._path = '/';
			this.errorHandler = onError; this._notFound = notFound;
			this._strict = options.strict === undefined || options.strict;
			this.getPath = options.getPath || pathOf;
			for (const name of ['fetch', 'request', 'onError', 'notFound', 'use', 'on', 'get', 'post', 'put', 'delete', 'options', 'patch', 'query', 'all']) {
				if (this[name]) { const f = this[name]; this[name] = f.bind(this); }
			}
			const self = this;
			native.server(this, (req, res) => web.listener((r, env, x) => self.fetch(r, native.unknown('c.env', 'the platform gives it'), x))(req, res));
		}
		_clone() {
			const h = new Hono({ getPath: this.getPath, strict: this._strict });
			h.errorHandler = this.errorHandler; h._notFound = this._notFound; h.routes = this.routes; h._added = this._added;
			return h;
		}
		_add(method, path, handler) {
			if (native.isUnknown(path)) { native.refuse('the path of a route is not known', 'give it with --set'); }
			path = mergePath(this._basePath, path);
			const r = { path, method, handler, basePath: this._basePath };
			this._added.push({ method, route: r, test: matcher(path) });
			this.routes.push(r);
			if (method !== 'ALL' || !path.endsWith('*')) native.route(method === 'ALL' ? '' : method, path);
		}
		_verb(method, path, handlers) {
			if (typeof path === 'string') this._path = path; else handlers.unshift(path);
			for (const h of handlers) this._add(method, this._path, h);
			return this;
		}
		use(path, ...handlers) {
			if (!native.isUnknown(path) && typeof path === 'string') this._path = path;
			else { this._path = '*'; handlers.unshift(path); }
			for (const h of handlers) this._add('ALL', this._path, h);
			return this;
		}
		on(method, path, ...handlers) {
			for (const p of flat(path)) for (const m of flat(method)) for (const h of handlers) { this._path = p; this._add(m.toUpperCase(), p, h); }
			return this;
		}
		route(path, app) {
			const sub = this.basePath(path);
			if (native.isUnknown(app)) { sub._add('ALL', '*', app); return this; }
			for (const r of app.routes) {
				let handler = r.handler;
				if (app.errorHandler !== onError) {
					const inner = r.handler;
					handler = async (c, next) => (await compose([], app.errorHandler)(c, () => call(inner, c, next))).res;
				}
				sub._add(r.method, r.path, handler);
			}
			return this;
		}
		basePath(path) { const sub = this._clone(); sub._basePath = mergePath(this._basePath, path); return sub; }
		mount(path, app) {
			this._add('ALL', mergePath(path, '*'), async (c, next) => {
				const raw = c.req.raw, inner = new Request(raw);
				inner.url = raw.url.replace(mergePath(this._basePath, path), '') || '/';
				if (native.isUnknown(app)) return call(app, c, next);
				const r = await app(inner, c.env);
				if (r) return r;
				await next();
			});
			return this;
		}
		onError(f) { this.errorHandler = f; return this; }
		notFound(f) { this._notFound = f; return this; }
		fetch(request, env, execution) { return this._dispatch(request, execution, env, request.method); }
		request(input, init) { return this.fetch(new Request(/^https?:/.test(String(input)) ? input : 'http://localhost' + mergePath('/', String(input)), init)); }
		fire() {}
		async _dispatch(request, execution, env, method) {
			if (method === 'HEAD') {
				const r = await this._dispatch(request, execution, env, 'GET');
				return r && new Response(null, r);
			}
			let path = this.getPath(request);
			if (!this._strict && path.length > 1 && path.endsWith('/')) path = path.slice(0, -1);
			const match = [];
			for (const a of this._added) {
				if (a.method !== 'ALL' && a.method !== method) continue;
				const params = a.test(path);
				if (params) match.push({ route: a.route, params });
			}
			const missing = async c => { const f = this._notFound; return native.isUnknown(f) ? fromUnknown(f, c) : f(c); };
			const failed = (err, c) => native.isUnknown(this.errorHandler) ? fromUnknown(this.errorHandler, c) : this.errorHandler(err, c);
			const c = new Context(request, { path, match, env, execution, notFound: missing });
			const handle = thrown => { const err = known(thrown); if (err instanceof Error) return failed(err, c); throw err; };
			if (match.length === 1) {
				try {
					const r = await call(match[0].route.handler, c, async () => { c.res = await missing(c); });
					if (native.stops()) return undefined;
					return r || (c.finalized ? c.res : await missing(c));
				} catch (err) {
					return handle(err);
				}
			}
			try {
				await compose(match, failed, missing)(c);
				if (native.stops()) return undefined;
				if (!c.finalized) throw new Error('Context is not finalized. Did you forget to return a Response object or `await next()`?');
				return c.res;
			} catch (err) {
				return handle(err);
			}
		}
	}
	for (const m of ['get', 'post', 'put', 'delete', 'options', 'patch', 'query', 'all']) {
		Hono.prototype[m] = function (path, ...handlers) { return this._verb(m.toUpperCase(), path, handlers); };
	}

	// hono/cors
	function cors(given) {
		if (native.isUnknown(given)) {
			native.policy(given);
			return () => { native.fail(given); };
		}
		const opts = { origin: '*', allowMethods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE', 'PATCH', 'QUERY'], allowHeaders: [], exposeHeaders: [], ...given };
		const policy = native.policy({ origin: opts.origin, methods: opts.allowMethods, allowedHeaders: opts.allowHeaders, exposedHeaders: opts.exposeHeaders, credentials: opts.credentials, maxAge: opts.maxAge });
		const listed = v => v && v.length ? v.join(',') : undefined;
		const expose = listed(opts.exposeHeaders), allow = listed(opts.allowHeaders);
		const o = opts.origin;
		let find;
		if (native.isUnknown(o)) find = () => { native.fail(o); return null; };
		else if (typeof o === 'string') find = o === '*' ? () => o : from => o === from ? from : null;
		else if (typeof o === 'function') find = o;
		else find = from => o.includes(from) ? from : null;
		let methods = () => '';
		if (typeof opts.allowMethods === 'function') methods = async (from, c) => (await opts.allowMethods(from, c)).join(',');
		else if (Array.isArray(opts.allowMethods)) { const text = opts.allowMethods.join(','); methods = () => text; }
		return async function cors(c, next) {
			native.note(policy);
			const set = (k, v) => { c.res.headers.set(k, v); native.note(policy, k, 'hono/cors sets it'); };
			const from = c.req.header('origin') || '';
			const origin = await find(from, c);
			if (native.stops()) return undefined;
			if (origin) set('Access-Control-Allow-Origin', origin);
			else native.note(policy, 'Access-Control-Allow-Origin', 'hono/cors does not set it, because the origin is not allowed');
			if (opts.credentials) set('Access-Control-Allow-Credentials', 'true');
			if (expose) set('Access-Control-Expose-Headers', expose);
			if (c.req.method === 'OPTIONS') {
				if (opts.origin !== '*') c.res.headers.append('Vary', 'Origin');
				if (opts.maxAge !== null && opts.maxAge !== undefined) set('Access-Control-Max-Age', opts.maxAge.toString());
				const m = await methods(from, c);
				if (m) set('Access-Control-Allow-Methods', m);
				let headers = allow;
				if (!headers) {
					const asked = c.req.header('Access-Control-Request-Headers');
					if (asked) headers = asked.split(',').map(h => h.trim()).join(',');
				}
				if (headers) {
					set('Access-Control-Allow-Headers', headers);
					c.res.headers.append('Vary', 'Access-Control-Request-Headers');
				}
				c.res.headers.delete('Content-Length');
				c.res.headers.delete('Content-Type');
				return new Response(null, { headers: c.res.headers, status: 204, statusText: 'No Content' });
			}
			await next();
			if (opts.origin !== '*') c.header('Vary', 'Origin', { append: true });
			return undefined;
		};
	}

	class HTTPException extends Error {
		constructor(status, options) {
			super((options || {}).message);
			this.status = status === undefined ? 500 : status;
			this.res = (options || {}).res;
		}
		getResponse() {
			if (this.res) return new Response(this.res._valid(), { status: this.status, headers: this.res.headers });
			return new Response(this.message, { status: native.isUnknown(this.status) ? 500 : this.status });
		}
	}

	const pass = () => async (c, next) => { await next(); };
	const secureHeaders = () => async (c, next) => {
		await next();
		if (native.stops()) return;
		const set = { 'Cross-Origin-Resource-Policy': 'same-origin', 'Cross-Origin-Opener-Policy': 'same-origin', 'X-Content-Type-Options': 'nosniff', 'Strict-Transport-Security': 'max-age=15552000; includeSubDomains', 'Referrer-Policy': 'no-referrer' };
		for (const k of Object.keys(set)) c.res.headers.set(k, set[k]);
	};
	const compressible = /^\s*(?:text\/(?!event-stream(?:[;\s]|$))[^;\s]+|application\/(?:javascript|json|xml|xml-dtd|ecmascript|dart|postscript|rtf|tar|toml|vnd\.dart|vnd\.ms-fontobject|vnd\.ms-opentype|wasm|x-httpd-php|x-javascript|x-ns-proxy-autoconfig|x-sh|x-tar|x-virtualbox-hdd|x-virtualbox-ova|x-virtualbox-ovf|x-virtualbox-vbox|x-virtualbox-vdi|x-virtualbox-vhd|x-virtualbox-vmdk|x-www-form-urlencoded)|font\/(?:otf|ttf)|image\/(?:bmp|vnd\.adobe\.photoshop|vnd\.microsoft\.icon|vnd\.ms-dds|x-icon|x-ms-bmp)|message\/rfc822|model\/gltf-binary|x-shader\/x-fragment|x-shader\/x-vertex|[^;\s]+?\+(?:json|text|xml|yaml))(?:[;\s]|$)/i;
	const compress = () => async (c, next) => {
		await next();
		const h = c.res.headers, type = h.get('Content-Type');
		if (native.stops() || c.req.method === 'HEAD' || !type || !compressible.test(type)) return;
		const old = h.get('Vary');
		if (old !== '*' && !(old && /(?:^|,)\s*accept-encoding\s*(?:,|$)/i.test(old))) c.header('Vary', old ? old + ', Accept-Encoding' : 'Accept-Encoding');
	};
	const unauthorized = status => { throw new HTTPException(status, { res: new Response(status === 400 ? 'Bad Request' : 'Unauthorized', { status }) }); };
	const bearerAuth = options => async (c, next) => {
		const given = c.req.header('Authorization');
		if (!given) unauthorized(401);
		const m = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/.exec(given);
		if (!m) unauthorized(400);
		const ok = options.verifyToken ? await options.verifyToken(m[1], c) : flat(options.token).includes(m[1]);
		if (!ok) unauthorized(401);
		await next();
	};
	const basicAuth = (options, ...more) => async (c, next) => {
		const m = /^ *Basic +([A-Za-z0-9._~+/-]+=*) *$/i.exec(c.req.header('Authorization') || '');
		const text = m ? Buffer.from(m[1], 'base64').toString() : '';
		const i = text.indexOf(':'), name = text.slice(0, i), word = text.slice(i + 1);
		let ok = false;
		if (i >= 0) ok = options.verifyUser ? await options.verifyUser(name, word, c) : [options, ...more].some(u => u.username === name && u.password === word);
		if (!ok) unauthorized(401);
		await next();
	};
	const tokenValue = async () => native.unknown('the token', 'whether the token is good is not known');
	// hono/jwt: a token that nobody could have signed is refused like a missing one.
	const jwt = options => {
		if (!options || !options.secret) throw new Error('JWT auth middleware requires options for "secret"');
		if (!options.alg) throw new Error('JWT auth middleware requires options for "alg"');
		return async (c, next) => {
			const given = c.req.header(options.headerName || 'Authorization'), parts = given ? given.split(/\s+/) : [];
			if (!given && options.cookie && c.req.header('Cookie')) { native.failAbout(native.unknown('the cookie with the token', 'what it holds is not known')); return; }
			if (!given || parts.length !== 2 || parts[0].toLowerCase() !== 'bearer' || native.require('jsonwebtoken').decode(parts[1]) === null) unauthorized(401);
			if (!native.maybe(native.unknown("require('hono/jwt').verify()", 'whether the token is good is not known'), 'is good', false)) unauthorized(401);
			c.set('jwtPayload', native.unknown("c.get('jwtPayload')", 'the text does not say it'));
			await next();
		};
	};
	// hono/csrf looks at forms only.
	const csrf = options => {
		const o = options || {}, allows = (rule, v, own) => !rule ? own(v) : typeof rule === 'function' ? rule(v) : [].concat(rule).includes(v);
		return async (c, next) => {
			const site = c.req.header('sec-fetch-site'), from = c.req.header('origin');
			const form = !/^(GET|HEAD|OPTIONS)$/.test(c.req.method) && /^\b(application\/x-www-form-urlencoded|multipart\/form-data|text\/(?:plain|ping))\b/i.test(c.req.header('content-type') || 'text/plain');
			if (form && !(site !== undefined && allows(o.secFetchSite, site, v => v === 'same-origin')) && !(from !== undefined && allows(o.origin, from, v => v === new URL(c.req.url).origin))) throw new HTTPException(403, { res: new Response('Forbidden', { status: 403 }) });
			await next();
		};
	};
	// serveStatic of @hono/node-server answers GET and HEAD for files that exist.
	const serveStatic = options => async (c, next) => {
		const o = options || {}, fs = native.require('fs');
		let path = o.path || c.req.path;
		if (!o.path && o.rewriteRequestPath) path = o.rewriteRequestPath(path);
		if (path.endsWith('/')) path += o.index || 'index.html';
		const file = (o.root || '.').replace(/\/$/, '') + '/' + path.replace(/^\.?\//, '');
		if ((c.req.method === 'GET' || c.req.method === 'HEAD') && /\.[^/]*$/.test(path) && fs.existsSync(file)) return c.body('…', 200);
		await next();
		return undefined;
	};
	const slash = trim => () => async (c, next) => {
		await next();
		const p = c.req.path;
		if (c.res.status !== 404 || c.req.method !== 'GET' && c.req.method !== 'HEAD' || p === '/' || trim !== p.endsWith('/')) return;
		const u = new URL(c.req.url);
		u.pathname = trim ? u.pathname.slice(0, -1) : u.pathname + '/';
		c.res = c.redirect(u.toString(), 301);
	};

	function serve(options, listening) {
		const server = createAdaptorServer(options);
		const port = options.port === undefined ? 3000 : options.port;
		server.listen(port, options.hostname, () => { if (listening) listening({ port: native.isUnknown(port) ? 3000 : Number(port), address: '::', family: 'IPv6' }); });
		return server;
	}
	const createAdaptorServer = options => native.require('http').createServer(web.listener((r, env, x) => options.fetch(r, env)));
	const handle = app => {
		const f = (r) => app.fetch(r);
		native.server(f, (req, res) => web.listener(r => app.fetch(r, native.unknown('c.env', 'the platform gives it')))(req, res));
		return f;
	};
	const createFactory = () => ({ createApp: o => new Hono(o), createMiddleware: f => f, createHandlers: (...l) => l.filter(f => f !== undefined) });
	const noCookie = { getCookie: (c, name) => name === undefined ? {} : undefined, setCookie() {}, deleteCookie() {}, getSignedCookie: async () => undefined, setSignedCookie: async () => {} };

	const main = { Hono, default: Hono };
	return {
		hono: main, 'hono/tiny': main, 'hono/quick': main, 'hono/cors': { cors }, 'hono/http-exception': { HTTPException },
		'@hono/node-server': { serve, createAdaptorServer, getRequestListener: fetch => web.listener(fetch) },
		'@hono/node-server/serve-static': { serveStatic }, 'hono/vercel': { handle }, 'hono/factory': { createFactory, createMiddleware: f => f }, 'hono/logger': { logger: pass }, 'hono/pretty-json': { prettyJSON: pass },
		'hono/request-id': { requestId: pass }, 'hono/timing': { timing: pass, startTime() {}, endTime() {}, setMetric() {} }, 'hono/etag': { etag: pass }, 'hono/timeout': { timeout: pass },
		'hono/body-limit': { bodyLimit: pass }, 'hono/powered-by': { poweredBy: pass }, 'hono/poweredby': { poweredBy: pass, poweredby: pass }, 'hono/jwt': { jwt, verify: tokenValue, sign: tokenValue, decode: tokenValue }, 'hono/csrf': { csrf },
		'hono/context-storage': { contextStorage: pass, getContext: () => native.unknown('getContext()', 'the text does not say it') }, 'hono/language': { languageDetector: pass }, 'hono/secure-headers': { secureHeaders }, 'hono/compress': { compress },
		'hono/bearer-auth': { bearerAuth }, 'hono/basic-auth': { basicAuth }, 'hono/trailing-slash': { trimTrailingSlash: slash(true), appendTrailingSlash: slash(false) },
		'hono/cookie': noCookie, 'hono/adapter': { env: () => process.env, getRuntimeKey: () => 'node' },
	};
})
