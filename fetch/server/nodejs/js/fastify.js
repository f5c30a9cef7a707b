// Models of Fastify 5, @fastify/cors 11 and small plugins.
(function (native) {
	'use strict';

	const skip = Symbol.for('skip-override');
	const known = err => {
		if (!native.isUnknown(err)) return err;
		native.unsure(err);
		return new Error('an error that is not known');
	};
	function failure(code, status, message) {
		const e = new Error(message || code);
		e.code = code; e.statusCode = status; e.name = 'FastifyError';
		return e;
	}
	const thenable = v => !native.isUnknown(v) && v !== null && v !== undefined && typeof v.then === 'function';
	const lifecycle = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend', 'onResponse', 'onError', 'onTimeout', 'onRequestAbort'];
	const application = ['onRoute', 'onRegister', 'onReady', 'onListen', 'preClose', 'onClose'];
	const withoutBody = ['GET', 'HEAD', 'TRACE'], withBody = ['DELETE', 'OPTIONS', 'PATCH', 'PUT', 'POST', 'QUERY'];
	const log = { level: 'info', child() { return log; }, isLevelEnabled: () => false };
	for (const n of ['info', 'error', 'warn', 'debug', 'trace', 'fatal', 'silent']) log[n] = () => {};

	// open makes an object whose missing properties are unknown once a plugin that is
	// not modelled was registered, because plugins decorate.
	const open = (root, what) => new Proxy(Object.create(null), {
		get(target, name) {
			if (name in Object.prototype) return Object.prototype[name];
			if (typeof name !== 'string' || !root.decorates || name[0] === '_' || name === 'then' || name === 'toJSON') return undefined;
			return root.extra[what + name] = root.extra[what + name] || native.unknown(what + name, 'a plugin that is not modelled gives it');
		},
		has: () => false,
	});

	// Paths of routes, as in find-my-way. A route that has text where another one has
	// a parameter goes first, and one with a parameter before a wildcard.
	const special = /[.*+?^${}()|[\]\\]/g;
	function compile(path) {
		const names = [];
		let source = '', rank = '', shape = '', i = 0;
		while (i < path.length) {
			const c = path[i];
			if (c === ':' && path[i + 1] === ':') { source += ':'; rank += '0'; shape += ':'; i += 2; continue; }
			if (c === '*') {
				if (i !== path.length - 1) throw new Error('Wildcard must be the last character in the route');
				names.push('*'); source += '(.*)'; rank += '3'; shape += '*'; i++;
				continue;
			}
			if (c !== ':') {
				source += c.replace(special, '\\$&'); rank += '0'; shape += c; i++;
				continue;
			}
			let end = i, regex = false, part = '', text = '', form = '';
			while (end < path.length && path[end] !== '/') {
				let j = end + 1;
				while (j < path.length && !'/(-.'.includes(path[j])) j++;
				names.push(path.slice(end + 1, j));
				if (path[j] === '(') {
					let depth = 0, k = j;
					for (; k < path.length; k++) { if (path[k] === '\\') k++; else if (path[k] === '(') depth++; else if (path[k] === ')' && --depth === 0) break; }
					part += '(' + path.slice(j + 1, k).replace(/^\^|\$$/g, '').replace(/\((?!\?)/g, '(?:') + ')';
					regex = true;
					j = k + 1;
				} else part += '([^/]*?)';
				let k = j;
				while (k < path.length && path[k] !== '/' && !(path[k] === ':' && path[k + 1] !== ':')) k += path[k] === ':' ? 2 : 1;
				text = path.slice(j, k);
				if (text) regex = true;
				part += text.replace(/::/g, ':').replace(special, '\\$&');
				form += '()' + text;
				end = k;
			}
			source += part;
			rank += regex ? '1' : '2';
			shape += ':' + (regex ? form : '');
			i = end;
		}
		const re = new RegExp('^' + source + '$', 's');
		return { names, rank, shape, match: p => re.exec(p) };
	}

	class Router {
		constructor(options) { this.routes = []; this.options = options; }
		add(method, path, store) {
			const opt = /(\/:[^/()]*?)\?(\/?)/.exec(path);
			if (opt) {
				this.add(method, path.replace(opt[0], opt[1] + opt[2]), store);
				this.add(method, path.replace(opt[0], opt[2]) || '/', store);
				return;
			}
			if (this.options.ignoreTrailingSlash && path.length > 1 && path.endsWith('/')) path = path.slice(0, -1);
			if (this.options.ignoreDuplicateSlashes) path = path.replace(/\/\/+/g, '/');
			const c = compile(this.options.caseSensitive === false ? path.toLowerCase() : path);
			if (c.shape === '*') c.shape = '/*';
			const same = JSON.stringify(store.constraints || {});
			if (this.routes.some(r => r.method === method && r.c.shape === c.shape && JSON.stringify(r.store.constraints || {}) === same)) {
				throw failure('FST_ERR_DUPLICATED_ROUTE', 500, "Method '" + method + "' already declared for route '" + path + "'");
			}
			this.routes.push({ method, path, c, store });
		}
		has(method, path) {
			const shape = compile(path).shape;
			return this.routes.some(r => r.method === method && r.path === path || r.method === method && r.c.shape === shape);
		}
		// constrained reports whether a route that fits has constraints, such as a host.
		constrained(method, path) {
			return this.routes.some(r => r.store.constraints && r.method === method && r.c.match(this.options.caseSensitive === false ? path.toLowerCase() : path));
		}
		find(method, path) {
			if (this.options.ignoreDuplicateSlashes) path = path.replace(/\/\/+/g, '/');
			if (this.options.ignoreTrailingSlash && path.length > 1 && path.endsWith('/')) path = path.slice(0, -1);
			if (this.options.caseSensitive === false) path = path.toLowerCase();
			let best = null, bestMatch;
			for (const r of this.routes) {
				if (r.method !== method) continue;
				if (best && !(r.c.rank < best.c.rank)) continue;
				const m = r.c.match(path);
				if (m) { best = r; bestMatch = m; }
			}
			if (!best) return null;
			const params = {};
			best.c.names.forEach((n, i) => { let v = bestMatch[i + 1] || ''; try { v = decodeURIComponent(v); } catch { } params[n] = v; });
			return { store: best.store, params, exact: !/[123]/.test(best.c.rank) };
		}
	}

	// run gives a request to hooks, one after the other.
	function run(hooks, request, reply, done, extra) {
		let i = 0;
		const next = (err, value) => {
			if (native.stops()) return;
			if (native.isUnknown(err)) err = native.maybe(err, 'is an error', false) ? known(err) : undefined;
			if (err) { done(err); return; }
			if (extra && value !== undefined) extra.payload = value;
			if (!extra && reply.sent) return;
			if (!hooks || i === hooks.length) { done(null); return; }
			const { fn, self } = hooks[i++];
			let result;
			if (native.isUnknown(fn)) {
				switch (native.serves(fn)) {
				case 'next': next(); return;
				case 'answer': reply.code(200).send('…'); return;
				}
				return;
			}
			let called = false;
			const once = (e, v) => { if (!called) { called = true; next(e, v); } };
			try {
				result = extra ? fn.call(self, request, reply, extra.payload, once) : fn.call(self, request, reply, once);
			} catch (e) {
				done(known(e) || new Error('undefined was thrown'));
				return;
			}
			if (native.isUnknown(result)) next();
			else if (thenable(result)) result.then(v => { if (!reply.sent || extra) next(undefined, extra ? v : undefined); }, e => done(known(e) || failure('FST_ERR_SEND_UNDEFINED_ERR', 500)));
		};
		next();
	}

	class Reply {
		constructor(res, request, context) {
			this.raw = res; this.request = request; this.context = context; this.log = log;
			this._headers = {}; this._isError = false; this._hijacked = false; this._hasStatus = false; this._serializer = null;
		}
		get server() { return this.context.server; }
		get sent() { return this._hijacked || this.raw.writableEnded === true || native.stops(); }
		get statusCode() { return this.raw.statusCode; }
		set statusCode(v) { this.code(v); }
		get elapsedTime() { return 1; }
		get routeOptions() { return this.request.routeOptions; }
		hijack() { this._hijacked = true; return this; }
		code(code) {
			if (native.isUnknown(code)) { native.unsure(code); code = 200; }
			const n = +code;
			if (!(n >= 100 && n <= 599)) throw failure('FST_ERR_BAD_STATUS_CODE', 500, 'Called reply with an invalid status code: ' + code);
			this.raw.statusCode = n;
			this._hasStatus = true;
			return this;
		}
		status(code) { return this.code(code); }
		getHeader(name) { name = name.toLowerCase(); const v = this._headers[name]; return v !== undefined ? v : this.raw.getHeader(name); }
		getHeaders() { return { ...this.raw.getHeaders(), ...this._headers }; }
		hasHeader(name) { name = name.toLowerCase(); return this._headers[name] !== undefined || this.raw.hasHeader(name); }
		removeHeader(name) { name = name.toLowerCase(); delete this._headers[name]; if (!this.raw.headersSent) this.raw.removeHeader(name); return this; }
		header(name, value) {
			name = String(name).toLowerCase();
			if (value === undefined) value = '';
			if (name === 'set-cookie' && this._headers[name]) value = [].concat(this._headers[name], value);
			native.by(name);
			return this._set(name, value);
		}
		_set(name, value) { this._headers[name] = value; return this; }
		headers(all) {
			if (native.isUnknown(all)) { native.fail(all); return this; }
			for (const k of Object.keys(all)) this.header(k, all[k]);
			return this;
		}
		type(t) { this._headers['content-type'] = t; return this; }
		redirect(url, code) {
			if (typeof url === 'number') { const c = url; url = code; code = c; }
			if (!code) code = this._hasStatus ? this.raw.statusCode : 302;
			return this.header('location', url).code(code).send();
		}
		callNotFound() { notFound(this); return this; }
		serialize(v) { return JSON.stringify(v); }
		serializer(f) { this._serializer = f; return this; }
		getSerializationFunction() { return undefined; }
		trailer() { return this; }
		writeEarlyHints() { return this; }
		then(ok) { if (this.sent) ok(); else native.require('events') && this.raw.once('finish', () => ok()); }
		send(payload) {
			if (this.sent) return this;
			if (native.isUnknown(payload)) native.unsure(payload);
			if (this._isError || !native.isUnknown(payload) && payload instanceof Error) {
				this._isError = false;
				onError(this, known(payload));
				return this;
			}
			if (payload === undefined) { onSend(this, payload); return this; }
			if (native.isUnknown(payload)) { onSend(this, '…'); return this; }
			const type = this.getHeader('content-type');
			if (payload !== null) {
				if (typeof payload.pipe === 'function' || typeof payload.getReader === 'function' || payload instanceof Response) { onSend(this, payload); return this; }
				if (Buffer.isBuffer(payload)) {
					if (!type) this._headers['content-type'] = 'application/octet-stream';
					onSend(this, payload);
					return this;
				}
				if (!type && typeof payload === 'string') {
					this._headers['content-type'] = 'text/plain; charset=utf-8';
					onSend(this, payload);
					return this;
				}
			}
			if (!type || native.isUnknown(type) || String(type).includes('json')) {
				if (!type) this._headers['content-type'] = 'application/json; charset=utf-8';
				if (typeof payload !== 'string') {
					const extra = { payload };
					run(this.context.preSerialization, this.request, this, err => {
						if (err) { onError(this, err); return; }
						let text;
						try { text = native.isUnknown(extra.payload) ? '…' : JSON.stringify(extra.payload); } catch (e) { onError(this, e); return; }
						onSend(this, text);
					}, extra);
					return this;
				}
			}
			onSend(this, payload);
			return this;
		}
	}

	function onSend(reply, payload) {
		const extra = { payload };
		run(reply.context.onSend, reply.request, reply, err => {
			if (err) onError(reply, err); else finish(reply, extra.payload);
		}, extra);
	}
	function finish(reply, payload) {
		if (native.stops()) return;
		const res = reply.raw;
		if (!native.isUnknown(payload) && payload instanceof Response) {
			reply.code(payload.status);
			for (const [k, v] of payload.headers) reply.header(k, v);
			payload = payload._body;
		}
		if (payload === undefined || payload === null) {
			const s = res.statusCode;
			if (s >= 200 && s !== 204 && s !== 304 && reply.request.method !== 'HEAD') reply._headers['content-length'] = '0';
			res.writeHead(s, reply._headers);
			res.end();
			return;
		}
		if (res.statusCode < 200 || res.statusCode === 204) {
			reply.removeHeader('content-type');
			reply.removeHeader('content-length');
			res.writeHead(res.statusCode, reply._headers);
			res.end();
			return;
		}
		if (!native.isUnknown(payload) && typeof payload !== 'string' && !Buffer.isBuffer(payload) && !payload.pipe && !payload.getReader) {
			throw failure('FST_ERR_REP_INVALID_PAYLOAD_TYPE', 500);
		}
		res.writeHead(res.statusCode, reply._headers);
		res.end(typeof payload === 'string' ? payload : '…');
	}
	function onError(reply, error) {
		const hooks = reply.context.onError;
		if (!hooks || reply._nextHandler) { handleError(reply, error); return; }
		const extra = { payload: error };
		run(hooks, reply.request, reply, () => handleError(reply, error), extra);
	}
	function defaultHandler(error, request, reply) {
		let status = reply.raw.statusCode;
		status = status >= 400 && status <= 599 ? status : 500;
		if (error !== null && error !== undefined) {
			if (error.headers !== undefined) reply.headers(error.headers);
			for (const v of [error.statusCode, error.status]) {
				if (native.isUnknown(v)) { native.unsure(v); break; }
				if (v >= 400 && v <= 599) { status = v; break; }
			}
		}
		reply.raw.statusCode = status;
		reply.send(error);
	}
	const rootHandler = { func: defaultHandler, parent: {} };
	function handleError(reply, error) {
		if (reply._nextHandler === false) { fallback(reply, error); return; }
		const handler = reply._nextHandler || reply.context.errorHandler;
		reply._nextHandler = handler.parent;
		delete reply._headers['content-type'];
		delete reply._headers['content-length'];
		if (!handler.func) {
			reply._nextHandler = false;
			fallback(reply, error, true);
			return;
		}
		if (native.isUnknown(handler.func)) {
			if (native.answered(handler.func)) reply.code(500).send('…');
			return;
		}
		let result;
		try {
			result = handler.func.call(handler.self, error, reply.request, reply);
		} catch (e) {
			reply.send(known(e));
			return;
		}
		settle(result, reply);
	}
	function fallback(reply, error, hooks) {
		reply._headers['content-type'] = reply._headers['content-type'] || 'application/json; charset=utf-8';
		if (hooks) { onSend(reply, '{}'); return; }
		reply.raw.writeHead(reply.raw.statusCode, reply._headers);
		reply.raw.end('{}');
	}

	// settle sends what a handler returned.
	function settle(result, reply) {
		if (result === undefined || result === reply) return;
		if (native.isUnknown(result)) { if (!reply.sent) reply.send(result); return; }
		if (!thenable(result)) { reply.send(result); return; }
		result.then(v => {
			if (reply._hijacked || reply.sent || native.stops()) return;
			if (v === reply) return;
			if (v !== undefined || !reply.raw.headersSent) {
				try { reply.send(v); } catch (e) { reply._isError = true; reply.send(e); }
			}
		}, e => {
			if (reply.sent) return;
			reply._isError = true;
			try { reply.send(known(e)); } catch (f) { reply.send(f); }
		});
	}

	function notFound(reply) {
		if (!reply.context.missing) { reply.code(404).send('404 Not Found'); return; }
		reply.context = reply.context.missing;
		reply.request.context = reply.context;
		run(reply.context.preHandler, reply.request, reply, err => callHandler(err, reply.request, reply));
	}
	function basic404(request, reply) { reply.code(404).send({ message: 'Route not found', error: 'Not Found', statusCode: 404 }); }

	class Request {
		constructor(req, params, query, context) {
			this.raw = req; this.params = params; this.query = query; this.context = context; this.id = 'req-1'; this.log = log; this.body = undefined;
			this._headers = undefined;
		}
		get server() { return this.context.server; }
		get method() { return this.raw.method; }
		get url() { return this.raw.url; }
		get originalUrl() { return this.raw.url; }
		get headers() { return this._headers || this.raw.headers; }
		set headers(v) { this._headers = { ...this.raw.headers, ...v }; }
		get socket() { return this.raw.socket; }
		get ip() { return '127.0.0.1'; }
		get ips() { return undefined; }
		get host() { return this.raw.headers.host; }
		get hostname() { return String(this.host).replace(/:\d+$/, ''); }
		get port() { return null; }
		get protocol() { return 'http'; }
		get is404() { return this.context.is404 === true; }
		get mediaType() { return typeOf(this.raw.headers['content-type']).type; }
		get routeOptions() {
			const c = this.context;
			return { method: c.config.method, url: c.config.url, config: c.config, handler: c.handler, schema: c.schema, bodyLimit: c.bodyLimit, exposeHeadRoute: true, prefixTrailingSlash: 'both' };
		}
		get routeConfig() { return this.context.config; }
		get routerPath() { return this.context.config.url; }
		getDecorator(name) { return this[name]; }
		setDecorator(name, v) { this[name] = v; }
	}

	// typeOf reads a content type.
	function typeOf(header) {
		const [full, ...rest] = String(header === undefined ? '' : header).split(';');
		const parts = full.split('/');
		if (parts.length < 2) return { valid: false, type: '' };
		const token = /^[\w!#$%&'*+.^`|~-]+$/, a = parts[0].trimStart().toLowerCase(), b = parts.slice(1).join('/').trimEnd().toLowerCase();
		return { valid: token.test(a) && token.test(b), type: a + '/' + b, text: rest.length ? String(header) : a + '/' + b };
	}

	function parseBody(request, reply, done) {
		const context = request.context, headers = request.headers, given = headers['content-type'];
		const fail = e => { reply._isError = true; reply.send(e); };
		if (request.method === 'QUERY' && given === undefined) { reply.status(400); fail(failure('FST_ERR_ROUTE_MISSING_CONTENT_TYPE', 400)); return; }
		if (given === undefined && headers['transfer-encoding'] === undefined && (headers['content-length'] === undefined || headers['content-length'] === '0')) { done(); return; }
		const t = typeOf(given);
		if (given !== undefined && !t.valid) { reply.status(415); fail(failure('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415)); return; }
		const parser = findParser(context.server._parsers, given === undefined ? '' : t.text, t.type);
		if (!parser) {
			if (request.is404) { done(); return; }
			fail(failure('FST_ERR_CTP_INVALID_MEDIA_TYPE', 415));
			return;
		}
		const limit = context.bodyLimit || parser.bodyLimit;
		let called = false;
		const got = (err, body) => {
			if (called) return;
			called = true;
			if (native.isUnknown(err)) err = native.maybe(err, 'is an error', false) ? known(err) : null;
			if (err) { fail(err); return; }
			request.body = body;
			done();
		};
		if (parser.parseAs && Number(headers['content-length']) > limit) { got(failure('FST_ERR_CTP_BODY_TOO_LARGE', 413)); return; }
		let result;
		try {
			const text = native.body();
			if (native.isUnknown(parser.fn)) { native.unsure(parser.fn); got(null, parser.fn); return; }
			result = parser.parseAs === 'buffer' ? parser.fn(request, Buffer.from(text), got) : parser.parseAs ? parser.fn(request, text, got) : parser.fn(request, request.raw, got);
		} catch (e) { got(known(e)); return; }
		if (thenable(result)) result.then(v => got(null, v), e => got(known(e)));
	}
	function findParser(list, full, type) {
		for (const key of [full, type]) for (const p of list) if (typeof p.type === 'string' && p.type === key && key !== '') return p;
		for (const p of list) if (p.type instanceof RegExp) { p.type.lastIndex = 0; if (p.type.test(full)) return p; }
		return list.find(p => p.type === '*');
	}
	const jsonParser = (request, text, done) => {
		if (text.length === 0) { done(failure('FST_ERR_CTP_EMPTY_JSON_BODY', 400)); return; }
		let v;
		try {
			v = JSON.parse(text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text);
			if (/"(?:__proto__|\\u)/.test(text) && JSON.stringify(v).includes('"__proto__"')) throw new Error('proto');
		} catch { done(failure('FST_ERR_CTP_INVALID_JSON_BODY', 400)); return; }
		done(null, v);
	};

	// Schemas, as Ajv checks them with Fastify's options: types are coerced.
	function valid(schema, holder, key) {
		if (native.isUnknown(schema)) { native.unsure(schema); return true; }
		if (schema === true || schema === undefined || schema === null) return true;
		if (schema === false) return false;
		if (schema.$ref !== undefined) { native.unsure(native.unknown('a schema with $ref', '')); return true; }
		const types = schema.type === undefined ? null : [].concat(schema.type);
		let v = holder[key];
		if (native.isUnknown(v)) { native.unsure(v); return true; }
		const is = (t, x) => t === 'null' ? x === null : t === 'array' ? Array.isArray(x) : t === 'integer' ? Number.isInteger(x) : t === 'object' ? typeof x === 'object' && x !== null && !Array.isArray(x) : typeof x === t;
		if (types && !types.some(t => is(t, v))) {
			if (Array.isArray(v) && v.length === 1 && !types.includes('array')) v = v[0];
			let ok = types.some(t => is(t, v));
			for (const t of types) {
				if (ok) break;
				ok = true;
				if (t === 'string' && (typeof v === 'number' || typeof v === 'boolean')) v = String(v);
				else if (t === 'string' && v === null) v = '';
				else if ((t === 'number' || t === 'integer') && (typeof v === 'boolean' || v === null || typeof v === 'string' && v.trim() !== '' && !isNaN(Number(v)) && (t === 'number' || Number.isInteger(Number(v))))) v = Number(v);
				else if (t === 'boolean' && (v === 'true' || v === 1)) v = true;
				else if (t === 'boolean' && (v === 'false' || v === 0 || v === null)) v = false;
				else if (t === 'null' && (v === '' || v === 0 || v === false)) v = null;
				else if (t === 'array' && (v === null || ['string', 'number', 'boolean'].includes(typeof v))) v = [v];
				else ok = false;
			}
			if (!ok) return false;
			holder[key] = v;
		}
		if (schema.enum && !schema.enum.includes(v) || 'const' in schema && schema.const !== v) return false;
		if (typeof v === 'string') {
			if (v.length < (schema.minLength || 0) || v.length > (schema.maxLength === undefined ? Infinity : schema.maxLength)) return false;
			if (schema.pattern && !new RegExp(schema.pattern, 'u').test(v)) return false;
			if (schema.format === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(v)) return false;
			if (schema.format === 'uuid' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(v)) return false;
		}
		if (typeof v === 'number') {
			if (schema.minimum !== undefined && v < schema.minimum || schema.maximum !== undefined && v > schema.maximum) return false;
			if (schema.exclusiveMinimum !== undefined && v <= schema.exclusiveMinimum) return false;
		}
		if (Array.isArray(v)) {
			if (v.length < (schema.minItems || 0) || schema.maxItems !== undefined && v.length > schema.maxItems) return false;
			if (schema.items) for (let i = 0; i < v.length; i++) if (!valid(schema.items, v, i)) return false;
		}
		if (is('object', v)) {
			const props = schema.properties || {};
			for (const name of Object.keys(props)) if (v[name] === undefined && props[name] && props[name].default !== undefined) v[name] = props[name].default;
			for (const name of schema.required || []) if (v[name] === undefined) return false;
			if (schema.additionalProperties === false) for (const name of Object.keys(v)) if (!(name in props)) delete v[name];
			for (const name of Object.keys(props)) if (v[name] !== undefined && !valid(props[name], v, name)) return false;
		}
		for (const s of schema.allOf || []) if (!valid(s, holder, key)) return false;
		for (const w of ['anyOf', 'oneOf']) if (schema[w] && !schema[w].some(s => valid(s, holder, key))) return false;
		return true;
	}
	function validate(context, request) {
		const s = context.schema;
		if (s === undefined || s === null) return null;
		if (native.isUnknown(s)) { native.unsure(s); return null; }
		if (context.server._compiler) {
			if (s.body || s.params || s.querystring || s.headers) native.unsure(native.unknown('setValidatorCompiler()', ''));
			return null;
		}
		const holder = { params: request.params, body: request.body === undefined ? null : request.body, querystring: request.query, headers: { ...request.headers } };
		for (const part of ['params', 'body', 'querystring', 'headers']) {
			const schema = part === 'querystring' ? s.querystring || s.query : s[part];
			if (schema === undefined || part === 'body' && withoutBody.includes(request.method)) continue;
			const full = native.isUnknown(schema) || schema.type !== undefined || schema.$ref !== undefined || part === 'body' ? schema : { type: 'object', properties: schema };
			if (!valid(full, holder, part)) { const e = failure('FST_ERR_VALIDATION', 400, part + ' is not valid'); e.validation = [{}]; e.validationContext = part; return e; }
		}
		if (request.body !== undefined) request.body = holder.body;
		return null;
	}

	function callHandler(err, request, reply) {
		if (reply.sent) return;
		const context = request.context;
		if (err) { reply._isError = true; reply.send(err); return; }
		let result;
		if (native.isUnknown(context.handler)) {
			if (native.answered(context.handler)) reply.send('…');
			return;
		}
		try {
			result = context.handler.call(context.server, request, reply);
		} catch (e) {
			reply._isError = true;
			reply.send(known(e));
			return;
		}
		settle(result, reply);
	}

	// serve runs the life of a request.
	function serve(root, context, params, req, res) {
		const q = req.url.indexOf('?');
		const request = new context.server._Request(req, params, { ...native.require('querystring').parse(q < 0 ? '' : req.url.slice(q + 1)) }, context);
		const reply = new context.server._Reply(res, request, context);
		for (const [k, v] of context.server._requestProps) if (!(k in request) || request[k] === undefined) request[k] = v;
		for (const [k, v] of context.server._replyProps) reply[k] = v;
		native.stands(() => { if (!reply.sent) reply.code(200).send('…'); }, reply, res);
		const bad = err => { reply._isError = true; reply.send(err); };
		run(context.onRequest, request, reply, err => {
			if (reply.sent) return;
			if (err) { bad(err); return; }
			const extra = { payload: req };
			run(context.preParsing, request, reply, e => {
				if (reply.sent) return;
				if (e) { bad(e); return; }
				const go = () => run(context.preValidation, request, reply, f => {
					if (reply.sent) return;
					if (f) { bad(f); return; }
					const invalid = validate(context, request);
					if (invalid) { if (!context.attach) { reply.send(invalid); return; } request.validationError = invalid; }
					run(context.preHandler, request, reply, g => callHandler(g, request, reply));
				});
				if (withBody.includes(request.method)) parseBody(request, reply, go); else go();
			}, extra);
		});
	}

	// Plugins are loaded one after the other; what a plugin registers is loaded after
	// its function ended, or when it waits for it.
	class Loading {
		constructor(instance) { this.instance = instance; this.queue = []; this.pumping = null; }
		async pump(root) {
			while (this.queue.length > 0) {
				const item = this.queue.shift();
				await item(this.instance, root);
			}
		}
		drain(root) {
			if (!this.pumping) this.pumping = this.pump(root).finally(() => { this.pumping = null; });
			return this.pumping;
		}
	}

	const quiet = ['@fastify/helmet', '@fastify/jwt', '@fastify/cookie', '@fastify/session', '@fastify/secure-session', '@fastify/rate-limit', '@fastify/swagger', '@fastify/swagger-ui', '@fastify/websocket',
		'@fastify/env', '@fastify/mongodb', '@fastify/postgres', '@fastify/redis', '@fastify/mysql', '@fastify/auth', '@fastify/under-pressure', '@fastify/view', '@fastify/etag', '@fastify/accepts',
		'@fastify/caching', '@fastify/circuit-breaker', '@fastify/csrf-protection', '@fastify/oauth2', '@fastify/basic-auth', '@fastify/bearer-auth', '@fastify/request-context', '@fastify/schedule', '@fastify/passport',
		'@fastify/multipart', '@fastify/formbody', '@scalar/fastify-api-reference', 'fastify-socket.io', '@fastify/socket.io', 'fastify-metrics', '@sentry/node', 'fastify-raw-body', '@fastify/leveldb', '@fastify/kafka', 'fastify-type-provider-zod'];

	// registerUnknown is what a plugin that is not known does: it may decorate, and one
	// from a file may add routes at its prefix.
	function registerUnknown(instance, root, plugin, opts) {
		root.decorates = true;
		const name = native.moduleOf(plugin);
		if (name === '@fastify/multipart') addParser(instance, 'multipart/form-data', {}, (request, stream, done) => done(null, undefined));
		if (name === '@fastify/formbody') addParser(instance, 'application/x-www-form-urlencoded', { parseAs: 'string' }, (request, text, done) => done(null, { ...native.require('querystring').parse(text) }));
		if (name === '@fastify/jwt') addJWT(instance, opts);
		if (name === '@fastify/compress') { compress(instance, opts); return; }
		if (quiet.includes(name)) return;
		if (name === '@fastify/middie' || name === '@fastify/express') { useConnect(instance, name === '@fastify/express'); return; }
		const options = native.isUnknown(opts) || !opts ? {} : opts;
		const inner = options.options && !native.isUnknown(options.options) ? options.options.prefix : undefined;
		const prefix = joinPrefix(instance._prefix, options.prefix || inner || '');
		if (native.isUnknown(options.prefix) || native.says(plugin)) instance._addHook('onRequest', () => native.failAbout(plugin));
		else if (!options.prefix && /auth|jwt|guard|secur|session|hook|limit|middleware/i.test(native.pathOf(plugin))) instance._addHook('onRequest', plugin);
		root.strangers.push({ prefix, plugin, context: makeContext(instance, plugin, { url: prefix }) });
	}

	// useConnect is @fastify/express 5 and @fastify/middie 10: middleware of Express or of
	// connect, which gets the objects of Node in the hook onRequest.
	function useConnect(instance, express) {
		const list = [];
		const app = express ? native.require('express')() : null;
		if (app) app.disable('x-powered-by');
		instance._use = (prefix, path, fns) => {
			const at = typeof path === 'string' ? prefix + (path === '/' && prefix ? '' : path) : path;
			if (app) { if (at === undefined || at === '') app.use(...fns); else app.use(at, ...fns); return; }
			for (const fn of fns) list.push({ at, fn });
		};
		const fits = (at, path) => at === undefined || at === '/' || [].concat(at).some(p => path === p || path.startsWith(p.replace(/\/$/, '') + '/'));
		const run = (i, req, res, done) => {
			while (i < list.length && !fits(list[i].at, req.originalUrl.split('?')[0])) i++;
			if (i === list.length) { req.url = req.originalUrl; done(); return; }
			const { at, fn } = list[i];
			req.url = at === undefined || at === '/' || Array.isArray(at) ? req.originalUrl : req.originalUrl.slice(at.replace(/\/$/, '').length) || '/';
			fn(req, res, err => { if (err) done(err); else run(i + 1, req, res, done); });
		};
		instance._addHook('onRequest', (request, reply, done) => {
			const req = request.raw, res = reply.raw;
			req.originalUrl = req.url;
			const headers = reply.getHeaders();
			for (const name of Object.keys(headers)) res.setHeader(name, headers[name]);
			if (app) app(req, res, done); else run(0, req, res, done);
		});
	}

	// addJWT is @fastify/jwt 10: without credentials, or with those that nobody could have
	// signed, request.jwtVerify refuses.
	function addJWT(instance, opts) {
		const options = native.isUnknown(opts) || !opts ? {} : opts, namespace = options.namespace, cookie = options.cookie;
		const refuse = (code, status, message) => { throw failure(code, status, message); };
		const verify = async function () {
			const h = this.headers.authorization;
			if (!h && cookie && this.headers.cookie) { this.user = native.unknown('request.user', 'what the cookie holds is not known'); if (native.maybe(this.user, 'is not good', true)) refuse('FST_JWT_AUTHORIZATION_TOKEN_INVALID', 401, 'Authorization token is invalid'); return this.user; }
			if (!h) refuse(cookie ? 'FST_JWT_NO_AUTHORIZATION_IN_COOKIE' : 'FST_JWT_NO_AUTHORIZATION_IN_HEADER', 401, 'No Authorization was found in request.headers');
			if (!/^Bearer\s/i.test(h)) refuse('FST_JWT_NO_AUTHORIZATION_IN_HEADER', 401, 'No Authorization was found in request.headers');
			const token = h.split(' ')[1];
			if (!token) refuse('FST_JWT_BAD_REQUEST', 400, 'Format is Authorization: Bearer [token]');
			if (native.require('jsonwebtoken').decode(token) === null) refuse('FST_JWT_AUTHORIZATION_TOKEN_INVALID', 401, 'Authorization token is invalid');
			this.user = native.unknown('request.user', 'whether the token is good is not known');
			if (native.maybe(this.user, 'is not good', true)) refuse('FST_JWT_AUTHORIZATION_TOKEN_INVALID', 401, 'Authorization token is invalid');
			return this.user;
		};
		const name = namespace ? namespace + 'JwtVerify' : 'jwtVerify';
		instance.decorateRequest(options.jwtVerify || name, verify);
		if (!options.decoratorName) instance.decorateRequest('user', null);
		const token = () => native.unknown('the signed token', 'the text does not say it');
		instance.decorateReply(options.jwtSign || (namespace ? namespace + 'JwtSign' : 'jwtSign'), async () => token());
		if (!('jwt' in instance)) instance.decorate('jwt', { sign: token, verify: token, decode: token, options: {} });
	}

	// compress is @fastify/compress 8: it compresses and adds to Vary when the request
	// accepts that and the text is long enough.
	function compress(instance, opts) {
		const threshold = opts && opts.threshold !== undefined ? opts.threshold : 1024;
		instance._addHook('onSend', (request, reply, payload, done) => {
			const accepts = request.headers['accept-encoding'], type = String(reply.getHeader('content-type') || 'application/json');
			const fits = accepts && /gzip|br|deflate|zstd|\*/.test(accepts) && /^text\/(?!event-stream)|\+(json|text|xml)|octet-stream|json|javascript|xml/.test(type);
			if (fits && payload && (typeof payload !== 'string' || payload.length >= threshold)) {
				const old = reply.getHeader('vary');
				if (!old || !String(old).split(',').some(v => v.trim() === 'accept-encoding')) reply.header('Vary', old ? old + ', accept-encoding' : 'accept-encoding');
			}
			done(null, payload);
		});
	}

	function joinPrefix(base, add) {
		if (!add) return base;
		if (base.endsWith('/') && add[0] === '/') add = add.slice(1);
		else if (add[0] !== '/' && !base.endsWith('/')) add = '/' + add;
		return base + add;
	}

	function makeContext(server, handler, config, opts) {
		return { server, handler, config: config || {}, schema: opts && opts.schema, bodyLimit: opts && opts.bodyLimit, attach: opts && opts.attachValidation, own: opts || {}, given: opts && opts.errorHandler };
	}
	function freeze(context) {
		const { server, own } = context;
		for (const hook of lifecycle) {
			const list = server._hooks[hook].concat([].concat(own[hook] === undefined || own[hook] === null ? [] : own[hook]).map(fn => ({ fn, self: server })));
			context[hook] = list.length ? list : null;
		}
		context.errorHandler = context.given ? { func: context.given, parent: server._errorHandler, self: server } : server._errorHandler;
	}
	function addParser(instance, type, opts, fn) {
		if (typeof opts === 'function' && !native.isUnknown(opts)) { fn = opts; opts = {}; }
		opts = opts || {};
		for (const t of [].concat(type)) {
			const key = typeof t === 'string' ? t.trim().toLowerCase() : t;
			instance._parsers = instance._parsers.filter(p => p.type !== key || p.own === undefined);
			instance._parsers = [{ type: key, fn, parseAs: opts.parseAs, bodyLimit: opts.bodyLimit || instance._root.bodyLimit }].concat(instance._parsers.filter(p => p.type !== key));
		}
	}

	function fastify(options) {
		options = native.isUnknown(options) || !options ? {} : options;
		const routing = { ...options, ...options.routerOptions };
		const root = { router: new Router(routing), decorates: false, extra: {}, strangers: [], contexts: [], missing: [], started: false, bodyLimit: options.bodyLimit || 1048576, level: [] };
		root.expose = options.exposeHeadRoutes === undefined || options.exposeHeadRoutes;

		const f = Object.create(open(root, 'fastify.'));
		Object.defineProperties(f, described);
		f._root = root; f._prefix = ''; f._children = []; f._hooks = {}; f._errorHandler = rootHandler; f._level = f; f._requestProps = []; f._replyProps = [];
		for (const h of lifecycle.concat(application)) f._hooks[h] = [];
		f._parsers = [{ type: 'application/json', fn: jsonParser, parseAs: 'string', bodyLimit: root.bodyLimit, own: true }, { type: 'text/plain', fn: (r, text, done) => done(null, text), parseAs: 'string', bodyLimit: root.bodyLimit, own: true }];
		const tie = (base, what) => {
			const proto = open(root, what), c = class extends base {};
			Object.setPrototypeOf(c.prototype, chain(base.prototype, proto));
			return c;
		};
		f._Request = tie(Request, 'request.');
		f._Reply = tie(Reply, 'reply.');
		f.log = native.isUnknown(options.loggerInstance) || !options.loggerInstance ? log : options.loggerInstance;
		f.version = '5.12.8'; f.initialConfig = {};
		root.loading = new Loading(f);
		root.current = root.loading;
		f._missing = makeContext(f, basic404, {});
		f._missing.is404 = true;
		root.contexts.push(f._missing);
		const handle = (req, res) => {
			if (!root.started) { f.ready().then(() => route(root, req, res)); return; }
			route(root, req, res);
		};
		f.server = native.isUnknown(options.serverFactory) || !options.serverFactory ? native.require('http').createServer(handle) : options.serverFactory(handle, options);
		f.routing = handle;
		native.server(f, handle);
		return f;
	}
	// chain returns an object with the properties of a prototype in front of another one.
	function chain(proto, base) {
		const o = Object.create(base);
		for (const k of Object.getOwnPropertyNames(proto)) if (k !== 'constructor') Object.defineProperty(o, k, Object.getOwnPropertyDescriptor(proto, k));
		return o;
	}

	function route(root, req, res) {
		const target = req.url;
		let path = target.replace(/[?#].*$/s, '');
		if (root.router.options.useSemicolonDelimiter) path = path.replace(/;.*$/s, '');
		if (path[0] !== '/') {
			try { path = new URL(path).pathname; } catch { badURL(res); return; }
		}
		let decoded;
		try { decoded = decodePath(path); } catch { badURL(res); return; }
		if (root.router.constrained(req.method, decoded)) { native.failAbout(native.unknown('which route answers ' + decoded, 'the constraints of routes are not modelled')); return; }
		const found = root.router.find(req.method, decoded);
		if (req.method !== 'OPTIONS' && !(found && found.exact)) {
			for (const s of root.strangers) {
				if (!decoded.startsWith(s.prefix.replace(/\/$/, ''))) continue;
				if (!native.maybe(s.plugin, 'has a route ' + req.method + ' ' + decoded, true)) continue;
				serve(root, s.context, {}, req, res);
				return;
			}
		}
		if (found) { serve(root, found.store, found.params, req, res); return; }
		let best = root.first;
		for (const m of root.missing) if (m.prefix !== '/' && (decoded === m.prefix || decoded.startsWith(m.prefix.replace(/\/$/, '') + '/')) && (best === root.first || m.prefix.length > best.prefix.length)) best = m;
		serve(root, best.context, { '*': decoded.slice(1) }, req, res);
	}
	function badURL(res) { res.writeHead(400, { 'Content-Type': 'application/json' }); res.end('{}'); }
	// decodePath decodes a path but for the characters that mean something in it.
	function decodePath(path) {
		if (!path.includes('%')) return path;
		decodeURIComponent(path);
		return path.replace(/%([0-9A-Fa-f]{2})/g, (all, hex) => '23242526' .includes(hex) || ['2b', '2c', '2f', '3a', '3b', '3d', '3f', '40', '25'].includes(hex.toLowerCase()) ? all : String.fromCharCode(parseInt(hex, 16)));
	}

	async function load(parent, root, plugin, opts, at) {
		if (thenable(plugin)) plugin = await plugin;
		if (!native.isUnknown(plugin) && plugin && plugin.default && (native.isUnknown(plugin.default) || typeof plugin.default === 'function')) plugin = plugin.default;
		if (native.isUnknown(plugin)) { registerUnknown(parent, root, plugin, opts); return; }
		if (typeof opts === 'function' && !native.isUnknown(opts)) opts = opts(parent);
		opts = opts === undefined || opts === null ? {} : opts;
		if (typeof plugin !== 'function') throw failure('FST_ERR_PLUGIN_NOT_VALID', 500, 'fastify-plugin: fn should be a function, instead got a \'' + typeof plugin + '\'');
		let instance = parent;
		if (!plugin[skip]) {
			instance = Object.create(parent);
			parent._children.push(instance);
			instance._children = [];
			instance._hooks = {};
			for (const h of Object.keys(parent._hooks)) instance._hooks[h] = parent._hooks[h].slice();
			instance._parsers = parent._parsers.slice();
			instance._requestProps = parent._requestProps.slice();
			instance._replyProps = parent._replyProps.slice();
			instance._handlerSet = false;
			if (!native.isUnknown(opts) && opts.prefix) {
				if (native.isUnknown(opts.prefix)) native.refuse('the prefix of a plugin is not known', 'give it with --set');
				instance._prefix = joinPrefix(parent._prefix, opts.prefix);
				instance._level = instance;
			}
			for (const { fn } of parent._hooks.onRegister) fn.call(parent, instance, opts);
		}
		native.place(at);
		const loading = new Loading(instance), before = root.current;
		root.current = loading;
		let result;
		const called = plugin.length > 2 ? new Promise((ok, no) => {
			result = plugin(instance, opts, err => { if (err) no(err); else ok(); });
			if (thenable(result)) result.then(() => {}, no);
		}) : Promise.resolve(plugin(instance, opts));
		native.place(-1);
		await called;
		root.current = loading;
		await loading.drain(root);
		root.current = before;
	}

	const methods = {
		register(plugin, opts) {
			const root = this._root, loading = root.current;
			if (root.started) throw failure('FST_ERR_INSTANCE_ALREADY_LISTENING', 500, 'Fastify instance is already listening. Cannot call "register"!');
			const at = native.here();
			loading.queue.push(instance => load(instance, root, plugin, opts, at));
			return this._chain(loading);
		},
		_chain(loading) {
			const root = this._root, self = this, out = Object.create(this);
			out.then = (ok, no) => {
				root.current = loading;
				return loading.drain(root).then(() => { root.current = loading; return ok ? ok(undefined) : undefined; }, no);
			};
			return out;
		},
		after(fn) {
			const root = this._root, loading = root.current;
			if (fn) {
				loading.queue.push(async () => {
					if (fn.length > 1) await new Promise(ok => fn.call(this, null, ok)); else await fn.call(this, null);
				});
				return this;
			}
			return this._chain(loading);
		},
		ready(fn) {
			const root = this._root;
			if (!root.readying) root.readying = (async () => {
				await root.loading.drain(root);
				start(root);
				for (const { fn: hook } of root.loading.instance._hooks.onReady) if (!native.isUnknown(hook)) { if (hook.length > 0) await new Promise((ok, no) => hook(e => e ? no(e) : ok())); else await hook(); }
			})();
			if (!fn) return root.readying.then(() => this);
			root.readying.then(() => fn.call(this, null), fn);
			return undefined;
		},
		listen(opts, ...rest) {
			const done = [opts, ...rest].find(a => !native.isUnknown(a) && typeof a === 'function');
			const port = native.isUnknown(opts) || typeof opts !== 'object' || opts === null || native.isUnknown(opts.port) ? 3000 : opts.port;
			const p = this.ready().then(() => {
				this._root.loading.instance.server.listen(port);
				for (const { fn } of this._root.loading.instance._hooks.onListen) if (!native.isUnknown(fn)) fn(() => {});
				return 'http://127.0.0.1:' + port;
			});
			if (!done) return p;
			p.then(a => done(null, a), e => done(e));
			return undefined;
		},
		addHook(name, fn) {
			if (this._root.started) throw failure('FST_ERR_INSTANCE_ALREADY_LISTENING', 500, 'Fastify instance is already listening. Cannot call "addHook"!');
			if (fn === undefined || fn === null) throw failure('FST_ERR_HOOK_INVALID_HANDLER', 500, name + ' hook should be a function, instead got ' + fn);
			if (application.includes(name)) { this._hooks[name].push({ fn, self: this }); return this; }
			if (!lifecycle.includes(name)) throw failure('FST_ERR_HOOK_NOT_SUPPORTED', 500, name + ' hook not supported!');
			this._root.current.queue.push(async () => this._addHook(name, fn));
			return this;
		},
		_addHook(name, fn) {
			this._hooks[name].push({ fn, self: this });
			for (const child of this._children) child._addHook(name, fn);
		},
		route(opts) {
			const root = this._root;
			if (root.started) throw failure('FST_ERR_INSTANCE_ALREADY_LISTENING', 500, 'Fastify instance is already listening. Cannot call "route"!');
			opts = { ...opts };
			const path = opts.url || opts.path || '';
			if (native.isUnknown(path)) native.refuse('the path of a route is not known', 'give it with --set');
			if (!opts.handler) throw failure('FST_ERR_ROUTE_MISSING_HANDLER', 500, 'Missing handler function for "' + opts.method + ':' + path + '" route.');
			const list = (Array.isArray(opts.method) ? opts.method : [opts.method]).map(m => String(m).toUpperCase());
			for (const m of list) if (!withBody.includes(m) && !withoutBody.includes(m)) throw failure('FST_ERR_ROUTE_METHOD_NOT_SUPPORTED', 500, m + ' method is not supported.');
			const head = opts.exposeHeadRoute === undefined ? root.expose : opts.exposeHeadRoute;
			const prefix = this._prefix;
			const add = (part, own) => {
				const url = prefix + part;
				if (!own) for (const { fn } of this._hooks.onRoute) if (!native.isUnknown(fn)) fn.call(this, { ...opts, url, path: url, routePath: part, prefix });
				const context = makeContext(this, opts.handler, { ...opts.config, url, method: opts.method }, opts);
				context.constraints = opts.constraints;
				root.contexts.push(context);
				const hasHead = root.router.has('HEAD', url);
				for (const m of list) {
					if (!opts._byFastify) native.route(m, url);
					try { root.router.add(m, url, context); } catch (e) { if (!opts._byFastify) throw e; }
				}
				if (head && list.includes('GET') && !list.includes('HEAD') && !hasHead) this.route({ ...opts, method: 'HEAD', url: part, _byFastify: true });
			};
			if (path === '/' && prefix.length > 0 && opts.method !== 'HEAD') {
				if (opts.prefixTrailingSlash === 'slash') add(path);
				else if (opts.prefixTrailingSlash === 'no-slash') add('');
				else { add(''); if (!root.router.options.ignoreTrailingSlash) add(path, true); }
			} else if (path[0] === '/' && prefix.endsWith('/')) add(path.slice(1));
			else add(path);
			return this;
		},
		setErrorHandler(fn) {
			if (!native.isUnknown(fn) && typeof fn !== 'function') throw failure('FST_ERR_ERROR_HANDLER_NOT_FN', 500, 'Error Handler must be a function');
			this._errorHandler = { func: fn, parent: this._errorHandler, self: this };
			return this;
		},
		setNotFoundHandler(opts, handler) {
			if (native.isUnknown(opts) || typeof opts === 'function') { handler = opts; opts = {}; }
			const root = this._root, prefix = this._prefix || '/';
			if (root.missing.some(m => m.level === this._level)) throw new Error("Not found handler already set for Fastify instance with prefix: '" + prefix + "'");
			const context = makeContext(this, handler || basic404, {}, opts);
			context.is404 = true;
			root.contexts.push(context);
			root.missing.push({ prefix, context, level: this._level });
			this._level._missing = context;
			return this;
		},
		decorate(name, v) {
			if (v && !native.isUnknown(v) && (typeof v.getter === 'function' || typeof v.setter === 'function')) Object.defineProperty(this, name, { get: v.getter, set: v.setter, configurable: true });
			else this[name] = v;
			return this;
		},
		decorateRequest(name, v) { this._decorate('_requestProps', name, v); return this; },
		decorateReply(name, v) { this._decorate('_replyProps', name, v); return this; },
		_decorate(list, name, v) {
			const fn = v && !native.isUnknown(v) && typeof v.getter === 'function';
			this[list].push([name, fn ? undefined : v]);
			for (const c of this._children) c._decorate(list, name, v);
		},
		hasDecorator(name) { return name in this || this[name] !== undefined; },
		hasRequestDecorator(name) { return this._requestProps.some(p => p[0] === name); },
		hasReplyDecorator(name) { return this._replyProps.some(p => p[0] === name); },
		getDecorator(name) { return this[name]; },
		hasPlugin() { return true; },
		hasRoute(o) { return this._root.router.has(String(o.method).toUpperCase(), o.url); },
		findRoute() { return null; },
		addContentTypeParser(type, opts, fn) { addParser(this, type, opts, fn); return this; },
		hasContentTypeParser(type) { return this._parsers.some(p => p.type === type); },
		removeContentTypeParser(type) { const l = [].concat(type); this._parsers = this._parsers.filter(p => !l.includes(p.type)); },
		removeAllContentTypeParsers() { this._parsers = []; },
		getDefaultJsonParser() { return jsonParser; },
		defaultTextParser(r, text, done) { done(null, text); },
		addHttpMethod(name, o) {
			(o && o.hasBody ? withBody : withoutBody).push(name);
			this[name.toLowerCase()] = function (url, opts, handler) { return shorthand(this, name, url, opts, handler); };
			return this;
		},
		use(...args) {
			if (!this._use) throw new TypeError('fastify.use is not a function');
			const known = v => !native.isUnknown(v) && (typeof v === 'string' || v instanceof RegExp || Array.isArray(v) && typeof v[0] === 'string');
			const path = known(args[0]) ? args.shift() : undefined;
			this._use(this._prefix, path, args.reduce((out, v) => out.concat(v), []));
			return this;
		},
		setValidatorCompiler() { this._compiler = true; return this; }, setSerializerCompiler() { return this; }, setSchemaController() { return this; }, setSchemaErrorFormatter() { return this; },
		setReplySerializer() { return this; }, setChildLoggerFactory() { return this; }, setGenReqId() { return this; }, addSchema() { return this; }, getSchema() { return {}; }, getSchemas() { return {}; },
		addConstraintStrategy() { return this; }, hasConstraintStrategy: () => false, withTypeProvider() { return this; }, printRoutes: () => '', printPlugins: () => '',
		close: async () => {}, addresses: () => [{ address: '127.0.0.1', port: 3000, family: 'IPv4' }], inject: async () => native.unknown('fastify.inject()', ''),
		all(url, opts, handler) { return shorthand(this, withoutBody.concat(withBody), url, opts, handler); },
		get prefix() { return this._prefix; }, get pluginName() { return 'fastify'; }, get listeningOrigin() { return 'http://127.0.0.1:3000'; }, get errorHandler() { return this._errorHandler.func; },
	};
	function shorthand(self, method, url, opts, handler) {
		if (handler === undefined && (native.isUnknown(opts) || typeof opts === 'function')) { handler = opts; opts = {}; }
		if (handler === undefined && opts) handler = opts.handler;
		return self.route({ ...opts, method, url, handler });
	}
	for (const m of withoutBody.concat(withBody)) methods[m.toLowerCase()] = function (url, opts, handler) { return shorthand(this, m, url, opts, handler); };
	const described = Object.getOwnPropertyDescriptors(methods);

	// start fixes the hooks of all routes.
	function start(root) {
		const top = root.loading.instance;
		for (const c of root.contexts) freeze(c);
		for (const s of root.strangers) freeze(s.context);
		const own = root.missing.find(m => m.prefix === '/');
		root.first = { prefix: '/', context: own ? own.context : top._missing };
		for (const c of root.contexts) {
			if (c.is404) continue;
			const missing = Object.create(c.server._level._missing || root.first.context);
			missing.missing = null;
			missing.onSend = c.onSend;
			c.missing = missing;
		}
		root.started = true;
	}

	// fastify-plugin
	function plugin(fn, options) {
		if (native.isUnknown(fn)) return fn;
		if (fn.default) fn = fn.default;
		if (typeof fn !== 'function') throw new TypeError("fastify-plugin expects a function, instead got a '" + typeof fn + "'");
		fn[skip] = !(options && options.encapsulate);
		if (!fn.default) fn.default = fn;
		return fn;
	}

	// @fastify/cors
	const defaults = {
		origin: '*', methods: 'GET,HEAD,POST', hook: 'onRequest', preflightContinue: false, optionsSuccessStatus: 204, credentials: false,
		exposedHeaders: null, allowedHeaders: null, maxAge: null, preflight: true, strictPreflight: true,
	};
	const listed = v => Array.isArray(v) ? v.join(', ') : v;
	function normalize(opts, dynamic) {
		if (native.isUnknown(opts)) return { unknown: opts };
		const o = { ...defaults, ...opts };
		if (native.isUnknown(o)) return { unknown: o };
		if (Array.isArray(opts.origin) && opts.origin.indexOf('*') !== -1) o.origin = '*';
		o.dynamic = dynamic || false;
		return o;
	}
	function addVary(reply, field) {
		const old = reply.getHeader('Vary');
		if (!old) { reply._set('vary', field); return; }
		if (old === '*') return;
		const text = Array.isArray(old) ? old.join(', ') : String(old), have = text.trim().toLowerCase().split(',').map(s => s.trim()).filter(s => s !== '');
		if (have.includes('*')) reply._set('vary', '*');
		else if (!have.includes(field.toLowerCase())) reply._set('vary', text + ', ' + field);
	}
	function allowed(origin, option) {
		if (native.isUnknown(option)) return origin !== undefined && native.maybe(option, 'allows ' + origin, false);
		if (Array.isArray(option)) return option.filter(o => !native.isUnknown(o)).some(o => allowed(origin, o)) || option.filter(o => native.isUnknown(o)).some(o => allowed(origin, o));
		if (typeof option === 'string') return origin === option;
		if (option instanceof RegExp) { option.lastIndex = 0; return option.test(origin); }
		return !!option;
	}
	function addCors(instance, policy, global, req, reply, next) {
		native.note(policy);
		if (global.unknown) { native.fail(global.unknown); return; }
		const own = req.routeOptions.config && req.routeOptions.config.cors;
		if (own === false) { native.note(policy, '', 'the route switches CORS off'); next(); return; }
		const options = { ...global, ...own };
		if (native.isUnknown(options.origin)) { native.fail(options.origin); return; }
		if (typeof options.origin !== 'string' && options.origin !== false || options.dynamic) addVary(reply, 'Origin');
		const decide = (error, origin) => {
			if (native.isUnknown(error) ? native.maybe(error, 'is an error', false) : error !== null) { native.note(policy, '', 'the origin function gives an error'); next(known(error)); return; }
			if (native.isUnknown(origin)) origin = native.maybe(origin, 'true', true);
			if (origin === false) { native.note(policy, '', 'CORS is switched off for the origin'); next(); return; }
			if (!origin) { next(new Error('Invalid CORS origin option')); return; }
			let value = false;
			if (Array.isArray(origin) && origin.indexOf('*') !== -1) value = '*';
			else if (typeof origin === 'string') value = origin;
			else if (allowed(req.headers.origin, origin)) value = req.headers.origin;
			const set = (name, v) => { reply._set(name.toLowerCase(), v === undefined ? '' : v); native.note(policy, name, '@fastify/cors sets it'); };
			if (value) set('Access-Control-Allow-Origin', value);
			else native.note(policy, 'Access-Control-Allow-Origin', '@fastify/cors does not set it, because the origin is not allowed');
			if (options.credentials) set('Access-Control-Allow-Credentials', 'true');
			if (options.exposedHeaders !== null) set('Access-Control-Expose-Headers', listed(options.exposedHeaders));
			if (req.raw.method === 'OPTIONS' && options.preflight === true) {
				if (options.strictPreflight === true && (!req.headers.origin || !req.headers['access-control-request-method'])) {
					native.note(policy, '', 'strictPreflight refuses OPTIONS without Origin and Access-Control-Request-Method');
					reply.status(400).type('text/plain').send('Invalid Preflight Request');
					return;
				}
				req.corsPreflightEnabled = true;
				set('Access-Control-Allow-Methods', listed(options.methods));
				if (options.allowedHeaders === null) {
					addVary(reply, 'Access-Control-Request-Headers');
					const asked = req.headers['access-control-request-headers'];
					if (asked !== undefined) set('Access-Control-Allow-Headers', asked);
				} else set('Access-Control-Allow-Headers', listed(options.allowedHeaders));
				if (options.maxAge !== null) set('Access-Control-Max-Age', String(options.maxAge));
				if (Number.isInteger(options.cacheControl)) reply.header('Cache-Control', 'max-age=' + options.cacheControl);
				else if (typeof options.cacheControl === 'string') reply.header('Cache-Control', options.cacheControl);
				if (!options.preflightContinue) {
					reply.code(options.optionsSuccessStatus).header('Content-Length', '0').send();
					return;
				}
			}
			next();
		};
		if (typeof options.origin === 'function') {
			const result = options.origin.call(instance, req.headers.origin, decide);
			if (thenable(result)) result.then(v => decide(null, v), decide);
		} else decide(null, options.origin);
	}
	const cors = plugin(function fastifyCors(instance, opts, next) {
		instance.decorateRequest('corsPreflightEnabled', false);
		const delegator = native.isUnknown(opts) ? null : typeof opts === 'function' ? opts : opts.delegator;
		const facts = native.isUnknown(opts) ? opts : delegator ? { origin: delegator } : { origin: '*', ...opts };
		const policy = native.policy(facts);
		const hook = native.isUnknown(opts) || typeof opts === 'function' || opts.hook === undefined ? 'onRequest' : opts.hook;
		if (!['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization'].includes(hook)) { next(new TypeError('@fastify/cors: Invalid hook option provided.')); return; }
		const withPayload = ['preSerialization', 'preParsing'].includes(hook);
		const fixed = delegator ? null : normalize(opts);
		const serve = (req, reply, done) => {
			if (!delegator) { addCors(instance, policy, fixed, req, reply, done); return; }
			if (native.isUnknown(delegator)) { native.fail(delegator); return; }
			if (delegator.length === 2) {
				delegator(req, (err, o) => { if (err) done(err); else addCors(instance, policy, normalize(o, true), req, reply, done); });
				return;
			}
			const result = delegator(req);
			if (native.isUnknown(result)) { native.fail(result); return; }
			if (thenable(result)) { result.then(o => addCors(instance, policy, normalize(o, true), req, reply, done)).catch(done); return; }
			done(new Error('Invalid CORS origin option'));
		};
		instance.addHook(hook, withPayload ? (req, reply, payload, done) => serve(req, reply, done) : (req, reply, done) => serve(req, reply, done));
		instance.options('*', { schema: { hide: true } }, (req, reply) => {
			if (!req.corsPreflightEnabled) { reply.callNotFound(); return; }
			reply.send();
		});
		next();
	});
	cors.fastifyCors = cors;

	// @fastify/sensible, as far as errors go.
	const sensible = plugin(function sensible(instance, opts, next) {
		const make = native.require('http-errors'), errors = {};
		for (const code of Object.keys(native.statuses)) {
			if (code < 400) continue;
			const words = native.statuses[code].replace(/[^A-Za-z ]/g, '').split(' ');
			const name = words.map((w, i) => i === 0 ? w.toLowerCase() : w[0].toUpperCase() + w.slice(1).toLowerCase()).join('');
			errors[name] = message => make(Number(code), message);
			instance.decorateReply(name, function (message) { this.send(make(Number(code), message)); return this; });
		}
		errors.createError = make;
		instance.decorate('httpErrors', errors);
		instance.decorate('assert', (v, code, message) => { if (!v) throw make(code, message); });
		instance.decorate('to', p => p.then(v => [null, v], e => [e, null]));
		next();
	});

	const main = options => fastify(options);
	main.fastify = main; main.default = main; main.Fastify = main;
	main.errorCodes = {};
	// A file that exports a plugin is what fastify-cli starts.
	const startPlugin = fn => { const f = fastify(); f.register(fn); return f; };
	return { fastify: main, 'fastify-plugin': plugin, '@fastify/cors': cors, '@fastify/sensible': sensible, startPlugin };
})
