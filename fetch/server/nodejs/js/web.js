// The classes of the Fetch Standard, as far as servers use them.
(function (native) {
	'use strict';

	const trim = v => v.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
	const check = name => {
		if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new TypeError('Headers: invalid header name ' + name);
		return name.toLowerCase();
	};

	class Headers {
		constructor(init) {
			this._list = [];
			if (init === null || init === undefined) return;
			if (init instanceof Headers) for (const [k, v] of init) this.append(k, v);
			else if (typeof init[Symbol.iterator] === 'function') for (const [k, v] of init) this.append(k, v);
			else for (const k of Object.keys(init)) this.append(k, init[k]);
		}
		append(name, value) { this._list.push([check(String(name)), trim(String(value))]); }
		set(name, value) {
			const lower = check(String(name)), i = this._list.findIndex(e => e[0] === lower);
			if (i < 0) this._list.push([lower, trim(String(value))]);
			else {
				this._list[i] = [lower, trim(String(value))];
				this._list = this._list.filter((e, j) => j <= i || e[0] !== lower);
			}
		}
		delete(name) { const lower = check(String(name)); this._list = this._list.filter(e => e[0] !== lower); }
		get(name) {
			const lower = check(String(name)), all = this._list.filter(e => e[0] === lower).map(e => e[1]);
			return all.length ? all.join(lower === 'cookie' ? '; ' : ', ') : null;
		}
		has(name) { const lower = check(String(name)); return this._list.some(e => e[0] === lower); }
		getSetCookie() { return this._list.filter(e => e[0] === 'set-cookie').map(e => e[1]); }
		_entries() {
			const out = [], names = [];
			for (const [k, v] of this._list) {
				if (k === 'set-cookie') out.push([k, v]);
				else if (!names.includes(k)) { names.push(k); out.push([k, this.get(k)]); }
			}
			return out.sort((a, b) => a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
		}
		entries() { return this._entries()[Symbol.iterator](); }
		keys() { return this._entries().map(e => e[0])[Symbol.iterator](); }
		values() { return this._entries().map(e => e[1])[Symbol.iterator](); }
		forEach(f, self) { for (const [k, v] of this._entries()) f.call(self, v, k, this); }
		[Symbol.iterator]() { return this.entries(); }
	}

	const nullBody = s => s === 101 || s === 204 || s === 205 || s === 304;
	class Body {
		get body() { this._valid(); return this._body === null || this._body === undefined ? null : { _text: this._body, getReader() {}, pipeTo() {} }; }
		// _valid returns the body; a Response of @hono/node-server finds only then that its
		// status allows none.
		_valid() { if (this._late && this._body !== null && nullBody(this.status)) throw new TypeError('Response constructor: Invalid response status code ' + this.status); return this._body; }
		async text() { this._valid(); this._used = true; return this._body === null || this._body === undefined ? '' : String(this._body); }
		async json() { return JSON.parse(await this.text()); }
		async arrayBuffer() { return Buffer.from(await this.text()); }
		async blob() { return { size: (await this.text()).length }; }
		async formData() { return native.unknown('the form data', ''); }
		get bodyUsed() { return !!this._used; }
	}
	const textOf = body => body === null || body === undefined ? null : native.isUnknown(body) ? '…' : body._text !== undefined ? body._text : body;

	// A Response keeps the headers that it was made with until they are read, as the
	// one of @hono/node-server does.
	class Response extends Body {
		constructor(body, init) {
			super();
			init = init || {};
			this._body = textOf(body);
			this.status = init.status === undefined ? 200 : init.status;
			if (!native.isUnknown(this.status)) {
				if (this.status < 200 || this.status > 599) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
				this._late = native.hasNodeServer();
				if (!this._late && this._body !== null && nullBody(this.status)) throw new TypeError('Response constructor: Invalid response status code ' + this.status);
			}
			this.statusText = init.statusText || '';
			this._plain = init instanceof Response ? new Headers(init.headers) : init.headers;
			if (init instanceof Response && init._body !== null && !this._plain.has('content-type')) this._plain.set('content-type', 'text/plain;charset=UTF-8');
			this._noHeaders = !this._plain;
		}
		get headers() {
			if (!(this._plain instanceof Headers)) this._plain = new Headers(this._plain || (this._body === null ? undefined : { 'content-type': 'text/plain;charset=UTF-8' }));
			return this._plain;
		}
		get ok() { return this.status >= 200 && this.status < 300; }
		get type() { return 'default'; }
		clone() { return new Response(this._valid(), { status: this.status, headers: new Headers(this.headers) }); }
		static json(data, init) {
			const headers = new Headers((init || {}).headers);
			if (!headers.has('content-type')) headers.set('content-type', 'application/json');
			return new Response(native.isUnknown(data) ? '…' : JSON.stringify(data), { ...init, headers });
		}
		static redirect(url, status) { return new Response(null, { status: status || 302, headers: { location: new URL(url).href } }); }
		static error() { const r = new Response(null); r.status = 0; return r; }
	}

	class Request extends Body {
		constructor(input, init) {
			super();
			init = init || {};
			const from = typeof input === 'object' && input instanceof Request ? input : null;
			this.url = from ? from.url : new URL(String(input)).href;
			this.method = init.method || (from ? from.method : 'GET');
			if (['TRACE', 'TRACK', 'CONNECT'].includes(String(this.method).toUpperCase())) throw new TypeError("'" + this.method + "' HTTP method is unsupported.");
			this.headers = new Headers(init.headers || (from ? from.headers : undefined));
			this._body = init.body !== undefined ? textOf(init.body) : from ? from._body : null;
			this.signal = new AbortController().signal;
		}
		clone() { return new Request(this); }
	}

	// send gives a Response to an answer of Node.
	function send(res, response) {
		let headers = response._plain;
		if (headers instanceof Headers || Array.isArray(headers)) {
			const h = headers instanceof Headers ? headers : new Headers(headers);
			headers = {};
			for (const [k, v] of h) { if (k !== 'set-cookie') headers[k] = v; }
		}
		res.writeHead(response.status, headers || {});
		res.end(response._body === null ? '' : String(response._body));
	}

	class RequestError extends Error {}
	const plainURL = /^\/[!#$&-;=?-\[\]_a-z~]*$/, dots = /\/\.\.?(?:[/?#]|$)/, plainHost = /^[a-z0-9._-]+(?::(?:[1-5]\d{3,4}|[6-9]\d{3}))?$/;
	const checkTarget = t => { if (t.split('?')[0].includes('\\')) throw new RequestError('Backslash in request path'); };

	// urlOf returns the URL of a request of Node, as @hono/node-server makes it.
	function urlOf(req) {
		const target = req.url, host = req.headers.host;
		if (target[0] !== '/' && /^https?:\/\//.test(target)) { checkTarget(target); return new URL(target).href; }
		if (!host) throw new RequestError('Missing host header');
		const url = 'http://' + host + target;
		if (!plainHost.test(host)) {
			checkTarget(target);
			const u = new URL(url);
			if (u.hostname.length !== host.length && u.hostname !== host.replace(/:\d+$/, '').toLowerCase()) throw new RequestError('Invalid host header');
			return u.href;
		}
		if (target[0] !== '/') throw new RequestError('Invalid URL');
		if (!plainURL.test(target) || dots.test(target)) { checkTarget(target); return new URL(url).href; }
		return url;
	}

	// listener returns a listener of Node for a function that answers a Request.
	function listener(fetch, env) {
		return async (req, res) => {
			let response, request;
			try {
				request = Object.create(Request.prototype);
				request.url = urlOf(req);
				request.method = req.method;
				request.headers = new Headers();
				for (let i = 0; i < req.rawHeaders.length; i += 2) request.headers.append(req.rawHeaders[i], req.rawHeaders[i + 1]);
				request._body = null;
				Object.defineProperty(request, '_body', { get: () => native.body() });
				request.signal = new AbortController().signal;
			} catch {
				send(res, new Response(null, { status: 400 }));
				return;
			}
			try {
				response = await fetch(request, env ? env(req, res) : { incoming: req, outgoing: res }, { waitUntil() {}, passThroughOnException() {} });
				if (native.stops()) return;
				if (native.isUnknown(response)) response = native.answered(response) ? new Response('…') : null;
				if (response) send(res, response);
			} catch (err) {
				if (native.isUnknown(err)) native.unsure(err);
				if (!native.stops()) send(res, new Response(null, { status: 500 }));
			}
		};
	}

	return { Headers, Request, Response, send, listener };
})
