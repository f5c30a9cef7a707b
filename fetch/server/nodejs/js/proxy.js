// Models of proxies for development: http-proxy, http-proxy-middleware, and the
// servers of Vite, webpack and Create React App.
(function (native) {
	'use strict';

	const known = err => {
		if (!native.isUnknown(err)) return err;
		native.unsure(err);
		return new Error('an error that is not known');
	};
	const isObject = v => typeof v === 'object' && v !== null && !Array.isArray(v);

	// targetOf returns the parts of a target.
	function targetOf(target) {
		if (native.isUnknown(target)) return { address: '', host: 'localhost', protocol: 'http:', path: '', unknown: true };
		if (isObject(target) && !target.href) {
			const protocol = target.protocol || 'http:', port = target.port, name = target.hostname || String(target.host || 'localhost');
			const host = port && !/:\d+$/.test(name) ? name + ':' + port : name;
			return { address: host, host: target.protocol ? host : name, protocol, path: target.path || target.pathname || '' };
		}
		const m = /^(https?:|wss?:)?\/\/(?:[^@/]*@)?([^/?#]*)([^#]*)/.exec(String(target.href || target));
		if (!m) return null;
		return { address: m[2], host: m[2], protocol: m[1] || 'http:', path: m[3] };
	}

	const join = (...parts) => {
		const [path, ...query] = parts.pop().split('?');
		parts.push(path);
		return [parts.filter(p => p).join('/').replace(/\/+/g, '/'), ...query].join('?');
	};

	// Proxy is http-proxy.
	class Proxy_ {
		constructor(options) { this.options = options || {}; this._events = Object.create(null); }
		web(req, res, own) {
			if (native.stops()) return;
			const o = { ...this.options, ...own };
			if (native.isUnknown(o)) { native.failAbout(o); return; }
			if (native.isUnknown(o.target) && !native.anyBehind()) { native.failAbout(o.target); return; }
			const t = o.target === undefined ? null : targetOf(o.target);
			if (!t) { this.emit('error', Object.assign(new Error('Must provide a proper URL as target'), { code: 'ERR' }), req, res, o.target); return; }
			const headers = {};
			const sent = [];
			for (let i = 0; i < req.rawHeaders.length; i += 2) headers[req.rawHeaders[i].toLowerCase()] = req.headers[req.rawHeaders[i].toLowerCase()];
			for (const k of Object.keys(req.headers)) if (!(k in headers)) headers[k] = req.headers[k];
			for (const k of Object.keys(o.headers || {})) headers[k.toLowerCase()] = o.headers[k];
			if (o.changeOrigin) headers.host = t.host;
			if ((req.method === 'DELETE' || req.method === 'OPTIONS') && !headers['content-length']) { headers['content-length'] = '0'; delete headers['transfer-encoding']; }
			if (o.xfwd) { headers['x-forwarded-for'] = '127.0.0.1'; headers['x-forwarded-proto'] = 'http'; headers['x-forwarded-host'] = req.headers.host; }
			const proxyReq = {
				path: join(o.prependPath === false ? '' : t.path, o.ignorePath ? '' : req.url), method: o.method || req.method, headersSent: false, host: t.host, protocol: t.protocol,
				setHeader(k, v) { headers[String(k).toLowerCase()] = v; }, getHeader: k => headers[String(k).toLowerCase()], removeHeader(k) { delete headers[String(k).toLowerCase()]; },
				getHeaders: () => headers, hasHeader: k => String(k).toLowerCase() in headers, write() {}, end() {}, on() { return this; }, once() { return this; }, destroy() {},
			};
			this.emit('start', req, res, t);
			this.emit('proxyReq', proxyReq, req, res, o);
			if (native.stops()) return;
			for (const k of Object.keys(headers)) if (headers[k] !== undefined) sent.push([k, native.isUnknown(headers[k]) ? '…' : String(headers[k])]);
			const answer = native.forward(t.address, t.protocol === 'https:', proxyReq.method, proxyReq.path, sent);
			if (native.stops()) return;
			if (answer.code) {
				const err = Object.assign(new Error(answer.code), { code: answer.code });
				if (answer.code === 'ECONNRESET' && this.listenerCount('econnreset') && false) return;
				this.emit('error', err, req, res, t);
				return;
			}
			const proxyRes = { headers: answer.headers, statusCode: answer.status, statusMessage: native.statuses[answer.status], rawHeaders: [], req: proxyReq, on() { return this; }, once() { return this; }, pipe() { return this; }, setEncoding() {}, resume() {} };
			this.emit('proxyRes', proxyRes, req, res, o);
			if (native.stops() || res.writableEnded) return;
			if (o.selfHandleResponse) { native.failAbout(native.unknown('the answer of selfHandleResponse', 'what it sends is not modelled')); return; }
			const redirect = [201, 301, 302, 307, 308].includes(proxyRes.statusCode) && proxyRes.headers.location;
			if (redirect && (o.hostRewrite || o.autoRewrite || o.protocolRewrite) && /^https?:\/\//.test(redirect)) {
				const u = new URL(redirect);
				if (u.host === t.host) {
					if (o.hostRewrite) u.host = o.hostRewrite; else if (o.autoRewrite) u.host = req.headers.host;
					if (o.protocolRewrite) u.protocol = o.protocolRewrite;
					proxyRes.headers.location = u.href;
				}
			}
			if (!res.headersSent) {
				for (const k of Object.keys(proxyRes.headers)) if (proxyRes.headers[k] !== undefined) res.setHeader(k, proxyRes.headers[k]);
				res.statusCode = proxyRes.statusCode;
			}
			res.end(answer.body);
		}
		ws() {} close() {} listen() { return this; }
	}
	for (const k of Object.keys(native.emitter)) Proxy_.prototype[k] = native.emitter[k];
	Proxy_.prototype.emit = function (name, ...args) {
		const l = this.listeners(name);
		for (const f of l) {
			if (native.isUnknown(f)) { if (native.says(f)) native.failAbout(f); continue; }
			f.apply(this, args);
		}
		return l.length > 0;
	};
	const createProxyServer = options => new Proxy_(options);

	// Contexts of http-proxy-middleware: a beginning of the path, a pattern, several,
	// or a function.
	const isGlob = s => /[*!{}[\]()?]/.test(s);
	function globRegExp(s) {
		let out = '';
		for (let i = 0; i < s.length; i++) {
			if (s.startsWith('/**', i)) { out += '(?:/.*)?'; i += 2; if (s[i + 1] === '/') { i++; out += '/'; } }
			else if (s.startsWith('**', i)) { out += '.*'; i++; }
			else if (s[i] === '*') out += '[^/]*';
			else if (s[i] === '?') out += '[^/]';
			else if (s[i] === '{') { const e = s.indexOf('}', i); out += '(?:' + s.slice(i + 1, e).split(',').map(p => p.replace(/[.+^$()|[\]\\]/g, '\\$&')).join('|') + ')'; i = e; }
			else out += s[i].replace(/[.+^$()|[\]\\]/g, '\\$&');
		}
		return new RegExp('^' + out + '$');
	}
	function fits(context, url, req) {
		if (native.isUnknown(context)) return native.maybe(context, 'fits ' + url, true);
		const path = url.split(/[?#]/)[0];
		if (typeof context === 'function') return context(path, req);
		const list = Array.isArray(context) ? context : [context];
		if (!list.some(c => isGlob(c))) return list.some(c => path.indexOf(c) === 0);
		let yes = false;
		for (const c of list) {
			if (c[0] === '!') { if (globRegExp(c.slice(1)).test(path)) yes = false; } else if (globRegExp(c).test(path)) yes = true;
		}
		return yes;
	}
	function rewriter(config) {
		if (config === undefined || config === null) return null;
		if (native.isUnknown(config) || typeof config === 'function') return config;
		const rules = Object.keys(config).map(k => [new RegExp(k), config[k]]);
		return path => { for (const [re, to] of rules) if (re.test(path)) return path.replace(re, to); return path; };
	}

	// makeMiddleware is http-proxy-middleware 2 (old) and 3.
	function makeMiddleware(context, options, old) {
		const proxy = createProxyServer({});
		const on = old ? {} : options.on || {};
		if (old) for (const [name, key] of [['error', 'onError'], ['proxyReq', 'onProxyReq'], ['proxyRes', 'onProxyRes']]) if (options[key]) on[name] = options[key];
		for (const name of Object.keys(on)) proxy.on(name, on[name]);
		const failed = (err, req, res) => {
			if (res.headersSent === false) res.statusCode = /HPE_INVALID/.test(err.code) ? 502 : ['ECONNRESET', 'ENOTFOUND', 'ECONNREFUSED', 'ETIMEDOUT'].includes(err.code) ? 504 : 500;
			res.end('Error occurred while trying to proxy: ' + req.headers.host + req.url);
		};
		if (!on.error || !old) proxy.on('error', (err, req, res) => { if (!res.writableEnded) failed(err, req, res); });
		const rewrite = rewriter(options.pathRewrite);
		if (options.target) native.behind(targetOf(options.target) ? targetOf(options.target).address : '');
		const middleware = async (req, res, next) => {
			let mine = false;
			try { mine = fits(context, old ? req.originalUrl || req.url : req.url, req); } catch { mine = false; }
			if (!mine) { if (next) next(); return; }
			try {
				if (old) req.url = req.originalUrl || req.url;
				const o = { ...options };
				if (options.router) {
					let to;
					if (typeof options.router === 'function') to = await options.router(req);
					else for (const k of Object.keys(options.router)) { const path = req.url, host = req.headers.host; if (k.includes('/') ? (k[0] === '/' ? path : host + path).indexOf(k) === 0 : host === k) { to = options.router[k]; break; } }
					if (to) o.target = to;
				}
				if (rewrite) {
					const path = await rewrite(req.url, req);
					if (native.isUnknown(path)) native.unsure(path); else if (typeof path === 'string') req.url = path;
				}
				native.note2();
				proxy.web(req, res, o);
			} catch (err) { if (next) next(known(err)); }
		};
		middleware.upgrade = () => {};
		return middleware;
	}
	const shortHand = s => {
		const t = targetOf(s);
		return { target: t.protocol + '//' + t.host, path: t.path };
	};
	function createProxyMiddleware(a, b) {
		const old = /^[012]\./.test(native.version('http-proxy-middleware'));
		if (native.isUnknown(a)) return a;
		if (old) {
			if (typeof a === 'string' && /^\w+:\/\//.test(a)) { const s = shortHand(a); return makeMiddleware(s.path || '/', { target: s.target, ...b }, true); }
			if (isObject(a) && !native.isUnknown(a) && b === undefined) return makeMiddleware('/', check(a), true);
			return makeMiddleware(a, check(b || {}), true);
		}
		check(a);
		return makeMiddleware(a.pathFilter === undefined ? '/' : a.pathFilter, a, false);
	}
	function check(o) {
		if (!o.target && !o.router) throw new Error('[HPM] Missing "target" option. Example: {target: "http://www.example.org"}');
		return o;
	}

	// chain gives a request to connect middleware, one after the other.
	function chain(list, req, res, last) {
		let i = 0;
		const next = err => {
			if (native.stops()) return;
			if (err) { if (!res.headersSent) res.statusCode = 500; res.end('error'); return; }
			if (i === list.length) { last(); return; }
			const m = list[i++];
			const path = req.url.split('?')[0];
			if (m.path && m.path !== '/' && !(path === m.path || path.startsWith(m.path.endsWith('/') ? m.path : m.path + '/'))) { next(); return; }
			if (native.isUnknown(m.f)) {
				switch (native.serves(m.f)) {
				case 'next': next(); return;
				case 'answer': res.end('…');
				}
				return;
			}
			const url = req.url;
			const go = e => { req.url = m.path ? url : req.url; next(e); };
			if (m.path && m.path !== '/') { req.originalUrl = req.originalUrl || url; req.url = url.slice(m.path.replace(/\/$/, '').length) || '/'; }
			try {
				const r = m.f(req, res, go);
				if (r && !native.isUnknown(r) && typeof r.then === 'function') r.then(() => {}, e => next(known(e)));
			} catch (e) { next(known(e)); }
		};
		next();
	}
	const isIP = h => /^\d{1,3}(\.\d{1,3}){3}$/.test(h) || h.includes(':');

	// Vite.
	const localOrigins = /^https?:\/\/(?:(?:[^:]+\.)?localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;
	function hostAllowed(header, list) {
		if (header === undefined || /^(?:file|.+-extension):/i.test(header)) return true;
		const h = header.trim();
		if (h[0] === '[') return h.includes(']');
		const name = h.split(':')[0];
		if (isIP(name) || name === 'localhost' || name.endsWith('.localhost')) return true;
		return list.some(a => native.isUnknown(a) ? native.maybe(a, 'is ' + name, false) : a === name || a[0] === '.' && (a.slice(1) === name || name.endsWith(a)));
	}
	async function resolveConfig(exported) {
		let config = exported && exported.default !== undefined ? exported.default : exported;
		const env = { mode: 'development', command: 'serve', isSsrBuild: false, isPreview: false };
		if (!native.isUnknown(config) && typeof config === 'function') config = config(env);
		config = await config;
		if (native.isUnknown(config) || !isObject(config)) {
			if (native.isUnknown(config)) native.refuse('the configuration is made by ' + native.pathOf(config) + ', which is not known', 'give the file with --file');
			throw new Error('config must export or return an object.');
		}
		return config;
	}
	const flatPlugins = async list => {
		const out = [];
		for (let p of [].concat(list || [])) {
			p = await p;
			if (!p) continue;
			if (!native.isUnknown(p) && Array.isArray(p)) out.push(...await flatPlugins(p)); else out.push(p);
		}
		return out;
	};
	async function startVite(exported) {
		let config = await resolveConfig(exported);
		const version = native.devVersion('vite', '8.3.8').split('.').map(Number);
		const since = (...v) => { for (let i = 0; i < v.length; i++) if (version[i] !== v[i]) return version[i] > v[i]; return true; };
		const guarded = version[0] > 6 || version[0] === 6 && since(6, 0, 9) || version[0] === 5 && since(5, 4, 12) || version[0] === 4 && since(4, 5, 6);
		const plugins = await flatPlugins(config.plugins);
		for (const p of plugins) {
			if (native.isUnknown(p) || !p.config) continue;
			const f = typeof p.config === 'function' ? p.config : p.config.handler;
			const more = await f.call(p, config, { mode: 'development', command: 'serve' });
			if (more && !native.isUnknown(more)) config = merge(config, more);
		}
		const server = config.server || {};
		if (native.isUnknown(server)) native.refuse('the options of the server are not known', 'give the file that makes them with --file');
		const cors = server.cors === undefined ? guarded ? { origin: localOrigins } : {} : server.cors;
		const list = [], after = [];
		const use = (...args) => { const f = args.pop(), path = typeof args[0] === 'string' ? args[0] : ''; list.push({ path, f }); return app; };
		const app = { use };
		list.push({ f: (req, res, next) => { if (req.url.includes('#')) { res.writeHead(400); res.end(); } else next(); } });
		if (native.isUnknown(cors)) { native.policy(cors); list.push({ f: () => native.fail(cors) }); }
		else if (cors !== false) list.push({ f: native.require('cors')(typeof cors === 'boolean' ? {} : cors) });
		let hosts = server.allowedHosts;
		if (native.isUnknown(hosts)) hosts = [hosts];
		if (hosts !== true && guarded && !server.https) {
			const all = (hosts || []).slice();
			for (const h of [server.host, (config.preview || {}).host, server.hmr && server.hmr.host, server.ws && server.ws.host]) if (native.isUnknown(h) || typeof h === 'string' && h) all.push(h);
			if (server.origin && !native.isUnknown(server.origin)) { try { all.push(new URL(server.origin).hostname); } catch { } }
			list.push({ f: (req, res, next) => { if (hostAllowed(req.headers.host, all)) next(); else { res.writeHead(403, { 'Content-Type': 'text/plain' }); res.end('Blocked request.'); } } });
		}
		const vite = { middlewares: app, config: { server, root: '/srv/app', base: config.base || '/', logger: console }, httpServer: { on() {}, once() {} }, watcher: { on() {}, add() {} }, ws: { on() {}, send() {} }, hot: { send() {} }, moduleGraph: {} };
		for (const p of plugins) {
			if (native.isUnknown(p) || !p.configureServer) continue;
			const f = typeof p.configureServer === 'function' ? p.configureServer : p.configureServer.handler;
			const post = await f.call(p, vite);
			if (typeof post === 'function') after.push(post);
		}
		const proxies = viteProxies(server.proxy || {}, version[0] >= 8 ? 502 : 500);
		list.push({ f: proxies });
		const own = list.length;
		after.forEach(f => f());
		const posts = list.splice(own);
		native.start((req, res) => chain(list, req, res, () => viteOwn(config, server, posts, req, res)));
	}
	function merge(a, b) {
		const out = { ...a };
		for (const k of Object.keys(b)) out[k] = isObject(a[k]) && isObject(b[k]) && !native.isUnknown(a[k]) && !native.isUnknown(b[k]) ? merge(a[k], b[k]) : Array.isArray(a[k]) && Array.isArray(b[k]) ? a[k].concat(b[k]) : b[k];
		return out;
	}
	function viteProxies(options, status) {
		if (native.isUnknown(options)) return () => native.failAbout(options);
		const all = [];
		for (const context of Object.keys(options)) {
			let o = options[context];
			if (!o) continue;
			if (typeof o === 'string' || native.isUnknown(o)) o = { target: o, changeOrigin: true };
			const proxy = createProxyServer(o);
			if (o.configure) o.configure(proxy, o);
			proxy.on('error', (err, req, res) => { if (!res.headersSent && !res.writableEnded) { res.writeHead(status, { 'Content-Type': 'text/plain' }); res.end(); } });
			const t = o.target === undefined ? null : targetOf(o.target);
			if (t) native.behind(t.address);
			native.route('', context);
			const re = context[0] === '^' ? new RegExp(context) : null;
			all.push({ o, proxy, match: url => re ? re.test(url) : url.startsWith(context) });
		}
		return async (req, res, next) => {
			const url = req.url;
			for (const { o, proxy, match } of all) {
				if (!match(url)) continue;
				if (o.bypass) {
					const b = await o.bypass(req, res, o);
					if (native.isUnknown(b)) { native.failAbout(b); return; }
					if (typeof b === 'string') { req.url = b; if (!res.writableEnded) next(); return; }
					if (b === false) { res.statusCode = 404; res.end(); return; }
				}
				if (o.rewrite) {
					const path = o.rewrite(req.url);
					if (native.isUnknown(path)) native.unsure(path); else req.url = path;
				}
				native.note2();
				proxy.web(req, res, {});
				return;
			}
			next();
		};
	}
	// viteOwn is what Vite itself answers: pages, files and modules.
	function viteOwn(config, server, posts, req, res) {
		native.note2();
		const headers = server.headers || {};
		const send = (type) => { res.statusCode = 200; for (const k of Object.keys(headers)) res.setHeader(k, headers[k]); res.setHeader('Content-Type', type); res.end('…'); };
		const base = config.base && !native.isUnknown(config.base) && config.base.startsWith('/') ? config.base : '/';
		const clean = req.url.split(/[?#]/)[0];
		if (base !== '/') {
			const slash = base.endsWith('/') ? base : base + '/';
			if (clean === base || clean.startsWith(slash)) req.url = '/' + req.url.slice(slash.length).replace(/^\//, '');
			else if (clean === '/' || clean === '/index.html') { res.writeHead(302, { Location: base + req.url.slice(clean.length) }); res.end(); return; }
			else { res.writeHead(404, { 'Content-Type': 'text/plain' }); res.end(); return; }
		}
		if (req.headers.accept === 'text/x-vite-ping') { res.writeHead(204); res.end(); return; }
		const get = req.method === 'GET' || req.method === 'HEAD';
		let path = req.url.split(/[?#]/)[0];
		try { path = decodeURIComponent(path); } catch { }
		const root = typeof config.root === 'string' ? config.root.replace(/^\.?\//, '').replace(/\/$/, '') : '';
		const exists = p => native.exists((root ? root + '/' : '') + p.replace(/^\/+/, ''));
		const publicDir = config.publicDir === undefined ? 'public' : config.publicDir;
		if (get && path !== '/' && (publicDir && exists(publicDir + path) === 'f' || exists(path) === 'f' && !path.endsWith('.html'))) { send('application/octet-stream'); return; }
		if (get && (path.startsWith('/@') || path.startsWith('/node_modules/'))) { native.unsure(native.unknown('what Vite serves at ' + path, '')); send('text/javascript'); return; }
		const accept = req.headers.accept;
		if (get && req.url !== '/favicon.ico' && (accept === undefined || accept === '' || accept.includes('text/html') || accept.includes('*/*'))) {
			if (path.endsWith('.html')) { if (exists(path) !== 'f') path = '/index.html'; }
			else if (path.endsWith('/') && exists(path + 'index.html') === 'f') path += 'index.html';
			else if (exists(path + '.html') === 'f') path += '.html';
			else if (config.appType === undefined || config.appType === 'spa') path = '/index.html';
		}
		if (path !== req.url.split(/[?#]/)[0] && path.endsWith('.html')) req.url = path;
		chain(posts, req, res, () => {
			path = req.url.split(/[?#]/)[0];
			if (config.appType === 'custom') { res.statusCode = 404; res.end(); return; }
			const kind = exists(path);
			if (get && path.endsWith('.html') && req.headers['sec-fetch-dest'] !== 'script' && kind !== '') {
				if (kind === '?') native.unsure(native.unknown('whether there is ' + path, 'give the file with --file'));
				send('text/html');
				return;
			}
			if (get && kind === '?' && /\.\w+$/.test(path)) native.unsure(native.unknown('whether there is ' + path, 'give the file with --file'));
			res.statusCode = 404;
			res.end();
		});
	}

	// webpack-dev-server.
	const options4 = 'allowedHosts bonjour client compress devMiddleware headers historyApiFallback host hot http2 https ipc liveReload magicHtml onAfterSetupMiddleware onBeforeSetupMiddleware onListening open port proxy server setupExitSignals setupMiddlewares static watchFiles webSocketServer'.split(' ');
	const options5 = 'allowedHosts app bonjour client compress devMiddleware headers historyApiFallback host hot ipc liveReload onListening open port proxy server setupExitSignals setupMiddlewares static watchFiles webSocketServer'.split(' ');
	const invalid = text => native.startError('Invalid options object. Dev Server has been initialized using an options object that does not match the API schema.\n - ' + text);
	async function startWebpack(exported) {
		let config = exported && exported.default !== undefined ? exported.default : exported;
		if (!native.isUnknown(config) && typeof config === 'function') config = config({ WEBPACK_SERVE: true }, { mode: undefined, env: { WEBPACK_SERVE: true } });
		config = await config;
		if (Array.isArray(config)) config = config.find(c => c && c.devServer) || config[0];
		if (native.isUnknown(config)) native.refuse('the configuration is made by ' + native.pathOf(config) + ', which is not known', 'give the file with --file');
		const o = config.devServer || {};
		if (native.isUnknown(o)) native.refuse('the options of the server are not known', 'give the file that makes them with --file');
		const five = !/^[0-4]\./.test(native.devVersion('webpack-dev-server', '5.2.7'));
		for (const k of Object.keys(o)) if (!(five ? options5 : options4).includes(k)) invalid("options has an unknown property '" + k + "'.");
		if (five && o.proxy !== undefined && !Array.isArray(o.proxy) && !native.isUnknown(o.proxy)) invalid('options.proxy should be an array:\n   [object { … } | function, ...] (should not have fewer than 1 item)');
		serveWebpack({ ...o, build: config.plugins === undefined || !native.isUnknown(config.plugins) && config.plugins.length === 0 ? 'plain' : native.pathsOf(config.plugins) }, five, []);
	}
	function serveWebpack(o, five, before) {
		const list = [];
		const add = (f, path) => list.push({ f, path });
		const hosts = o.allowedHosts === undefined ? [] : [].concat(o.allowedHosts);
		const name = h => h[0] === '[' ? h.slice(1, h.indexOf(']')) : h.replace(/:\d+$/, '');
		const listed = n => hosts.some(h => native.isUnknown(h) ? native.maybe(h, 'is ' + n, false) : h === n || h[0] === '.' && (n === h.slice(1) || n.endsWith(h)));
		const valid = h => {
			if (hosts.includes('all')) return true;
			if (!h) return false;
			const n = name(h);
			return isIP(n) || n === 'localhost' || n.endsWith('.localhost') || n === o.host || listed(n);
		};
		add((req, res, next) => {
			if (valid(req.headers.host)) { next(); return; }
			res.statusCode = five ? 403 : 200;
			res.end('Invalid Host header');
		});
		if (five) add((req, res, next) => {
			if (hosts.includes('all') || listed(name(req.headers.host))) { next(); return; }
			if (req.headers['sec-fetch-mode'] === 'no-cors' && req.headers['sec-fetch-site'] === 'cross-site') { res.statusCode = 403; res.end('Cross-Origin request blocked'); return; }
			next();
		});
		const compress = native.require('compression');
		if (o.compress === undefined || o.compress) add(compress());
		const express = { use(...args) { const f = args.pop(); for (const g of [].concat(f)) add(g, typeof args[0] === 'string' ? args[0] : ''); return express; } };
		for (const verb of ['get', 'post', 'put', 'delete', 'patch', 'options', 'all']) express[verb] = (path, ...fs) => { fs.forEach(f => add((req, res, next) => verb === 'all' || req.method.toLowerCase() === verb ? f(native.express(req), res, next) : next(), path)); return express; };
		before.forEach(f => f(express));
		if (o.onBeforeSetupMiddleware) o.onBeforeSetupMiddleware({ app: express, options: o });
		if (o.headers !== undefined) add((req, res, next) => {
			let h = o.headers;
			if (typeof h === 'function' && !native.isUnknown(h)) h = h(req, res, {});
			if (native.isUnknown(h)) { native.failAbout(h); return; }
			const pairs = Array.isArray(h) ? h.map(e => [e.key, e.value]) : Object.keys(h || {}).map(k => [k, h[k]]);
			for (const [k, v] of pairs) res.setHeader(k, v);
			next();
		});
		const mark = list.length;
		let entries = o.proxy === undefined || o.proxy === null ? [] : o.proxy;
		if (native.isUnknown(entries)) { add(() => native.failAbout(entries)); entries = []; }
		if (!Array.isArray(entries)) {
			if ('target' in entries) entries = [entries];
			else entries = Object.keys(entries).map(context => {
				const fixed = context.replace(/^\*$/, '**').replace(/\/\*$/, '');
				if (typeof entries[context] === 'string' || native.isUnknown(entries[context])) return { context: fixed, target: entries[context] };
				return { ...entries[context], context: entries[context].context || fixed };
			});
		}
		for (const entry of entries) {
			const p = native.isUnknown(entry) ? entry : typeof entry === 'function' ? entry() : entry;
			if (native.isUnknown(p)) { add(() => native.failAbout(p)); continue; }
			const context = p.context || p.path || '/';
			if (typeof context === 'string') native.route('', context);
			const f = p.target || p.router ? makeMiddleware(p.context || p.path ? context : '/', p, true) : null;
			add(async (req, res, next) => {
				const b = p.bypass ? await p.bypass(req, res, p) : null;
				if (native.isUnknown(b)) { native.failAbout(b); return; }
				if (typeof b === 'boolean') { req.url = ''; res.statusCode = 404; next(); return; }
				if (typeof b === 'string') { req.url = b; next(); return; }
				if (f) f(req, res, next); else next();
			});
		}
		if (o.setupMiddlewares) {
			const mine = list.splice(mark), wrapped = mine.map(m => ({ name: 'http-proxy-middleware', path: m.path, middleware: m.f }));
			const d = { app: express, options: o };
			const result = o.setupMiddlewares(wrapped, d);
			if (!native.isUnknown(result)) for (const m of result) add(typeof m === 'function' ? m : m.middleware, typeof m === 'function' ? '' : m.path);
		}
		if (o.onAfterSetupMiddleware) o.onAfterSetupMiddleware({ app: express, options: o });
		native.start((req, res) => chain(list, req, res, () => webpackOwn(req, res, o)));
	}
	// webpackFile says whether a path is a file: 'f', '' or '?'.
	function webpackFile(req, o) {
		let path = req.url.split(/[?#]/)[0];
		const accept = req.headers.accept || '';
		if (/\.\w+$/.test(path) && !path.endsWith('.html')) {
			return inStatic(path, o) === 'f' ? 'f' : '?';
		}
		if (path !== '/' && path !== '/index.html') {
			const found = inStatic(path, o);
			if (found !== '' && found !== 'd') return found;
			if (!o.historyApiFallback || req.method !== 'GET' && req.method !== 'HEAD' || !accept.includes('text/html') && !accept.includes('*/*')) return o.build === 'plain' || !path.endsWith('.html') ? '' : '?';
		}
		if (o.build !== 'plain' && /html/i.test(o.build)) return 'f';
		const found = inStatic('/index.html', o);
		return found === '' && o.build !== 'plain' ? '?' : found;
	}
	function inStatic(path, o) {
		if (o.static === false) return '';
		let found = '';
		for (const s of o.static === undefined || o.static === true ? ['public'] : [].concat(o.static)) {
			const dir = native.isUnknown(s) ? s : typeof s === 'string' ? s : s.directory === undefined ? 'public' : s.directory;
			const kind = native.isUnknown(dir) ? '?' : native.exists(String(dir).replace('/srv/app/', '').replace(/^\.\//, '') + path);
			if (kind === 'f') return 'f';
			if (kind === '?') found = '?';
		}
		return found;
	}
	function webpackOwn(req, res, o) {
		native.note2();
		if (req.method === 'GET' || req.method === 'HEAD') {
			const found = o.page ? o.page(req) ? 'f' : '?' : webpackFile(req, o);
			if (found !== '') {
				if (found === '?') native.unsure(native.unknown('the files that webpack builds', 'give the folder of static files with --file'));
				res.setHeader('Content-Type', 'text/html; charset=utf-8');
				res.end('…');
				return;
			}
		}
		res.statusCode = 404;
		res.setHeader('Content-Type', 'text/html; charset=utf-8');
		res.end('Cannot ' + req.method);
	}

	// Create React App 5.
	function startReact(exported) {
		const target = exported && exported.proxy;
		const setup = native.setupProxy(exported);
		const off = process.env.DANGEROUSLY_DISABLE_HOST_CHECK;
		if (!native.isUnknown(target) && target !== undefined && typeof target !== 'string') native.startError('When specified, "proxy" in package.json must be a string.\nInstead, the type of "proxy" was "' + typeof target + '".\nEither remove "proxy" from package.json, or make it a string.');
		if (typeof target === 'string' && !native.isUnknown(target) && !/^http(s)?:\/\//.test(target)) native.startError('When "proxy" is specified in package.json it must start with either http:// or https://');
		const hosts = !target || native.isUnknown(off) || off === 'true' ? 'all' : [];
		const html = req => req.headers.accept && req.headers.accept.includes('text/html');
		const o = { allowedHosts: hosts, headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': '*', 'Access-Control-Allow-Headers': '*' } };
		o.page = req => (html(req) || req.url === '/') && native.exists('public/index.html') === 'f';
		if (target) o.proxy = [{
			target, changeOrigin: true, xfwd: true,
			context: (path, req) => req.method !== 'GET' || path !== '/' && native.exists('public' + path) !== 'f' && native.exists('public' + path) !== 'd' && !path.startsWith('/ws') && !!req.headers.accept && !html(req),
			onProxyReq: proxyReq => { if (proxyReq.getHeader('origin')) proxyReq.setHeader('origin', target); },
			onError: (err, req, res) => { if (res.writeHead && !res.headersSent) res.writeHead(500); res.end('Proxy error: Could not proxy request'); },
		}];
		serveWebpack(o, false, setup ? [setup] : []);
	}

	const loadEnv = (mode, dir, prefixes) => native.loadEnv(String(mode), prefixes === undefined ? ['VITE_'] : [].concat(prefixes));
	const vite = {
		defineConfig: c => c, loadEnv, mergeConfig: (a, b) => merge(a, b), searchForWorkspaceRoot: p => p, normalizePath: p => p, splitVendorChunkPlugin: () => ({}), createLogger: () => console, version: '8.3.8',
		defaultAllowedOrigins: localOrigins, createServer: () => native.unknown('vite.createServer()', ''), default: {},
	};
	const hpm = { createProxyMiddleware, legacyCreateProxyMiddleware: createProxyMiddleware, fixRequestBody() {}, responseInterceptor: f => () => native.failAbout(native.unknown('responseInterceptor()', 'what it sends is not modelled')) };
	const callable = (...args) => createProxyMiddleware(...args);
	Object.assign(callable, hpm);
	callable.proxy = callable.default = callable;
	return {
		vite, 'vitest/config': vite, 'http-proxy-middleware': callable, 'http-proxy': { createProxyServer, createServer: createProxyServer, createProxy: createProxyServer },
		startVite, startWebpack, startReact,
	};
})
