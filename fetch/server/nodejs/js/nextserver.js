// The server of Next.js 15: the header rules, redirects and rewrites of its
// configuration, its middleware, and the route handlers that are given.
(function (native, web, next) {
	'use strict';
	const { Headers, Response } = web;
	const escape = s => s.replace(/[.+*?=^!:${}()[\]|/\\]/g, '\\$&');

	// open returns the pattern of a parameter that has none: it ends where the text
	// before it stands again, if that has no slash.
	function open(prefix, before) {
		const text = prefix || (typeof before === 'string' ? before : '');
		if (before && !text) throw new TypeError('Must have text between two parameters, missing text after "' + before.name + '"');
		return !text || text.includes('/') ? '[^\\/]+?' : '(?:(?!' + escape(text) + ')[^\\/])+?';
	}

	// tokens reads a path of path-to-regexp 6 into texts and parameters.
	function tokens(path) {
		const out = [];
		let text = '', unnamed = 0, i = 0;
		const flush = () => { if (text) out.push(text); text = ''; };
		const pattern = () => {
			if (path[i] !== '(') return '';
			const from = ++i;
			for (let depth = 1; i < path.length; i++) {
				if (path[i] === '\\') { i++; continue; }
				if (path[i] === '(') { depth++; if (path[i + 1] !== '?') throw new TypeError('Capturing groups are not allowed at ' + i); }
				if (path[i] === ')' && --depth === 0) { i++; return path.slice(from, i - 1); }
			}
			throw new TypeError('Unbalanced pattern at ' + from);
		};
		const name = () => {
			if (path[i] !== ':') return '';
			const found = /^\w+/.exec(path.slice(i + 1));
			if (!found) throw new TypeError('Missing parameter name at ' + i);
			i += 1 + found[0].length;
			return found[0];
		};
		const modifier = () => '*+?'.includes(path[i] || ' ') ? path[i++] : '';
		const plain = () => {
			let s = '';
			for (; i < path.length && !':({}'.includes(path[i]); i++) s += path[i] === '\\' ? path[++i] : path[i];
			return s;
		};
		while (i < path.length) {
			const c = path[i];
			if (c === ':' || c === '(') {
				const n = name(), p = pattern();
				let prefix = text.slice(-1);
				if (prefix === '/' || prefix === '.') text = text.slice(0, -1); else prefix = '';
				flush();
				out.push({ name: n || unnamed++, prefix, suffix: '', pattern: p || open(prefix, out[out.length - 1]), modifier: modifier() });
			} else if (c === '{') {
				flush();
				i++;
				const prefix = plain(), n = name(), p = pattern(), suffix = plain();
				if (path[i] !== '}') throw new TypeError('Unexpected character at ' + i + ', expected CLOSE');
				i++;
				out.push({ name: n || (p ? unnamed++ : ''), prefix, suffix, pattern: n && !p ? open(prefix, out[out.length - 1]) : p, modifier: modifier() });
			} else if (c === '}' || '*+?'.includes(c)) {
				throw new TypeError('Unexpected ' + c + ' at ' + i);
			} else if (c === '\\') {
				text += path[i + 1];
				i += 2;
			} else {
				text += c;
				i++;
			}
		}
		flush();
		return out;
	}

	// compile returns a function that gives the parameters of a path, or null. A slash
	// may follow the path.
	function compile(path, sensitive, ending) {
		const keys = [];
		let source = '';
		for (const t of tokens(path)) {
			if (typeof t === 'string') { source += escape(t); continue; }
			const before = escape(t.prefix), after = escape(t.suffix);
			if (t.pattern === '') { source += '(?:' + before + after + ')' + t.modifier; continue; }
			keys.push(t);
			if (!before && !after) source += t.modifier === '+' || t.modifier === '*' ? '((?:' + t.pattern + ')' + t.modifier + ')' : '(' + t.pattern + ')' + t.modifier;
			else if (t.modifier === '+' || t.modifier === '*') source += '(?:' + before + '((?:' + t.pattern + ')(?:' + after + before + '(?:' + t.pattern + '))*)' + after + ')' + (t.modifier === '*' ? '?' : '');
			else source += '(?:' + before + '(' + t.pattern + ')' + after + ')' + t.modifier;
		}
		const regex = new RegExp('^' + source + (ending || '') + '(?:\\/)?$', sensitive ? '' : 'i');
		return pathname => {
			const m = regex.exec(pathname);
			if (!m) return null;
			const params = {};
			keys.forEach((t, i) => {
				if (typeof t.name === 'string' && m[i + 1] !== undefined) params[t.name] = t.modifier === '*' || t.modifier === '+' ? m[i + 1].split(t.prefix + t.suffix) : m[i + 1];
			});
			return params;
		};
	}

	// fill puts parameters into a text. One that the path does not have stays as it is
	// written; undefined if one repeats where it may not.
	function fill(text, params) {
		let bad = false;
		const out = text.replace(/(\/?):(\w+)([*+?]?)/g, (all, slash, name, modifier, at) => {
			const v = params[name];
			if (v === undefined) return all;
			if (!Array.isArray(v)) return slash + v;
			if (modifier !== '*' && modifier !== '+') bad = true;
			return slash + v.join(slash || at === 0 ? '/' : '');
		});
		return bad ? undefined : out;
	}

	const cookiesOf = header => Object.fromEntries(String(header || '').split(/; */).filter(c => c.includes('=')).map(c => [c.slice(0, c.indexOf('=')).trim(), decodeURIComponent(c.slice(c.indexOf('=') + 1).trim())]));

	// conditions returns the parameters that the conditions of a rule give, or null if
	// they do not hold.
	function conditions(rule, req, query) {
		const params = {};
		const holds = item => {
			let value;
			switch (item.type) {
			case 'header': value = req.headers[item.key.toLowerCase()]; break;
			case 'cookie': value = cookiesOf(req.headers.cookie)[item.key]; break;
			case 'query': value = query[item.key]; break;
			case 'host': value = req.headers.host && req.headers.host.split(':')[0].toLowerCase(); break;
			}
			if (!value) return false;
			if (!item.value) { params[String(item.key).replace(/[^A-Za-z]/g, '')] = value; return true; }
			const m = String(Array.isArray(value) ? value[value.length - 1] : value).match(new RegExp('^' + item.value + '$'));
			if (!m) return false;
			if (m.groups) Object.assign(params, m.groups); else if (item.type === 'host') params.host = m[0];
			return true;
		};
		return (rule.has || []).every(holds) && !(rule.missing || []).some(holds) ? params : null;
	}

	// ruleOf prepares one rule of the configuration.
	function ruleOf(rule, config, file) {
		if (!rule || typeof rule.source !== 'string' || rule.source[0] !== '/') native.startError('Invalid route found: `source` is missing or does not start with /');
		const base = config.basePath && rule.basePath !== false ? config.basePath : '';
		const source = base + (rule.source === '/' && base ? '' : rule.source);
		let match;
		try { match = compile(source, false); } catch (err) { native.startError('Invalid route found: `source` parse failed: ' + err.message); }
		return { rule, source, match: (req, path, query) => {
			const params = match(path);
			if (!params) return null;
			const more = conditions(rule, req, query);
			return more && Object.assign(params, more);
		} };
	}

	// rulesOf calls a function of the configuration that returns rules.
	async function rulesOf(config, name, file) {
		if (config[name] === undefined) return [];
		let list = await config[name]();
		if (native.isUnknown(list)) return list;
		if (name === 'rewrites' && list && !Array.isArray(list)) list = [...(list.beforeFiles || []), ...(list.afterFiles || []), ...(list.fallback || [])];
		if (!Array.isArray(list)) native.startError(name + ' must return an array, received ' + typeof list);
		for (const rule of list) if (name === 'headers' && !native.isUnknown(rule)) checkHeaders(rule, file);
		return list.map(rule => native.isUnknown(rule) ? rule : ruleOf(rule, config, file));
	}

	function checkHeaders(rule, file) {
		const bad = what => native.startError('Invalid header found: ' + what + ' for route ' + JSON.stringify(rule.source));
		if (!Array.isArray(rule.headers)) bad('`headers` field must be an array');
		if (rule.headers.length === 0) bad('`headers` field cannot be empty');
		for (const h of rule.headers) {
			if (native.isUnknown(h)) continue;
			if (!h || typeof h !== 'object') bad("`headers` items must be object with { key: '', value: '' }");
			if (!native.isUnknown(h.key) && typeof h.key !== 'string') bad('`key` in header item must be string');
			if (!native.isUnknown(h.value) && typeof h.value !== 'string') bad('`value` in header item must be string');
			native.headerFact(file, rule.source, h.key, h.value);
		}
	}

	// matcherOf returns whether the middleware sees a path.
	function matcherOf(config) {
		const given = config && config.matcher;
		if (native.isUnknown(given)) return () => given;
		if (given === undefined) return () => true;
		const list = [].concat(given).map(m => typeof m === 'string' ? { source: m } : m).map(m => ({ rule: m, match: compile(m.source, true, '(\\.json)?') }));
		return (req, path, query) => list.some(m => m.match(path) && conditions(m.rule, req, query));
	}

	const multi = ['vary', 'set-cookie', 'www-authenticate', 'proxy-authenticate'];
	const flight = 'rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch';

	function append(res, name, value) {
		const old = [].concat(res.getHeader(name) === undefined ? [] : res.getHeader(name));
		if (!old.includes(value)) res.setHeader(name, old.length ? [...old, value] : value);
	}

	// pathOf returns the path of a file of a route, in the notation of compile; undefined
	// for a file that answers no path.
	function pathOf(file) {
		const m = /^(?:src\/)?(app|pages)\/(.*)$/.exec(file);
		if (!m) return undefined;
		const parts = m[2].replace(/\.\w+$/, '').split('/'), last = parts.pop();
		const kind = m[1] === 'pages' ? parts[0] === 'api' ? 'api' : 'page' : last;
		if (m[1] === 'app' && kind !== 'route' && kind !== 'page' || last[0] === '_') return undefined;
		if (m[1] === 'pages' && last !== 'index') parts.push(last);
		if (parts.some(p => p[0] === '_' || /^\(\.+\)/.test(p))) return undefined;
		const names = parts.filter(p => !/^(\(.*\)|@.*)$/.test(p)).map(p => p.replace(/^\[\[\.\.\.(\w+)\]\]$/, ':$1*').replace(/^\[\.\.\.(\w+)\]$/, ':$1+').replace(/^\[(\w+)\]$/, ':$1'));
		const path = names.map(p => '/' + (p[0] === ':' ? p : p.replace(/[\\:(){}*+?]/g, '\\$&'))).join('') || '/';
		return { file, kind, path, match: compile(path, true), order: names.map(p => p[0] !== ':' ? '0' : /[*+]$/.test(p) ? '2' : '1').join('') };
	}

	// exported returns the function that a module exports by one of some names.
	const exported = (module, ...names) => names.map(n => module[n]).find(f => typeof f === 'function');

	const server = { headers: [], redirects: [], rewrites: [], config: {} };

	// start prepares the server: the files of the configuration and the middleware, and
	// what the main file exports.
	async function start(main, exports) {
		const files = native.projectFiles();
		const named = pattern => pattern.test(main) ? main : files.find(f => pattern.test(f));
		const load = file => file === main ? exports : native.load(file);
		const configFile = named(/^next\.config\.[cm]?[jt]s$/), middleFile = named(/^(?:src\/)?(middleware|proxy)\.[cm]?[jt]sx?$/);
		let config = configFile ? load(configFile) : {};
		if (!native.isUnknown(config) && config && config.default !== undefined) config = config.default;
		if (typeof config === 'function' && !native.isUnknown(config)) config = config('phase-production-server', { defaultConfig: {} });
		config = await config;
		server.config = config;
		server.configFile = configFile;
		if (!native.isUnknown(config)) for (const name of ['headers', 'redirects', 'rewrites']) server[name] = await rulesOf(config, name, configFile);
		if (middleFile) {
			const module = load(middleFile);
			server.middleFile = middleFile;
			server.middleware = native.isUnknown(module) ? module : exported(module, 'middleware', 'proxy', 'default') || native.unknown('the function of ' + middleFile, 'export a function named middleware or proxy');
			server.sees = native.isUnknown(module) ? () => true : matcherOf(module.config);
		}
		server.routes = [...new Set([main, ...files])].map(pathOf).filter(Boolean).sort((a, b) => a.order < b.order ? -1 : a.order > b.order ? 1 : 0);
		for (const r of server.routes) r.load = () => load(r.file);
		native.nextFound(configFile || '', middleFile || '');
		native.start(web.listener(answer));
	}

	// redirectOf returns the redirect that the server makes for the form of a path.
	function redirectOf(path, config) {
		if (/\/\/|\\/.test(path)) return path.replace(/\\/g, '/').replace(/\/\/+/g, '/');
		if (config.skipTrailingSlashRedirect || path === '/') return undefined;
		if (!config.trailingSlash) return path.endsWith('/') ? path.slice(0, -1) || '/' : undefined;
		return path.endsWith('/') || /\.[^/]+$/.test(path) || path.startsWith('/.well-known') ? undefined : path + '/';
	}

	const queryOf = text => native.require('querystring').parse(text || '');
	const empty = (status, headers) => new Response(null, { status, headers });

	// answer is the whole way of a request through the server.
	async function answer(request, env) {
		const { incoming: req, outgoing: res } = env, [path, search] = req.url.split('?'), query = queryOf(search), rest = search === undefined ? '' : '?' + search;
		const config = server.config;
		if (native.isUnknown(config)) return native.failAbout(config), null;
		for (const name of ['i18n', 'output']) {
			if (native.isUnknown(config[name])) return native.failAbout(config[name]), null;
		}
		if (config.i18n) return native.failAbout(native.unknown('what i18n does to the paths', 'the rules of a project with locales are not modelled')), null;
		if (config.output === 'export') return native.failAbout(native.unknown('the server of the exported files', "with output: 'export' the rules of next.config.js do not apply; give the configuration of the server that has the files")), null;
		const moved = redirectOf(path, config);
		if (moved !== undefined) return empty(308, { location: moved + rest });
		const gone = redirected(req, path, query, rest);
		if (gone !== undefined) return gone;
		const set = {};
		if (!headerRules(set, req, path, query)) return null;
		let next;
		try { next = await passMiddleware(request, req, path, query, set); } catch (err) {
			if (native.isUnknown(err)) return native.failAbout(err), null;
			return empty(500);
		}
		if (native.stops() || next === null) return null;
		sets(res, set);
		if (next.response) return next.response;
		return routed(request, req, res, next.path || path, query);
	}

	const sets = (res, set) => { for (const k of Object.keys(set)) res.setHeader(k, set[k]); };

	// matching returns the parameters that a rule finds in a request; null if it does
	// not apply, undefined if that is not known.
	function matching(r, req, path, query) {
		if (native.isUnknown(r)) { native.failAbout(r); return undefined; }
		return r.match(req, path, query);
	}

	// headerRules applies the rules for headers. It reports whether all is known.
	function headerRules(set, req, path, query) {
		if (native.isUnknown(server.headers)) { native.failAbout(server.headers); return false; }
		for (const r of server.headers) {
			const params = matching(r, req, path, query);
			if (params === undefined) return false;
			if (!params) continue;
			for (const h of r.rule.headers) {
				if (native.isUnknown(h)) { native.failAbout(h); return false; }
				const key = fill(h.key, params), value = native.isUnknown(h.value) ? h.value : fill(h.value, params);
				if (key === undefined || value === undefined) { native.failAbout(native.unknown('a parameter of the header ' + h.key, 'the path does not give it')); return false; }
				set[key] = value;
				native.decideAt(server.configFile, r.rule.source, h.key, 'the rule for ' + r.rule.source + ' sets the header');
			}
		}
		return true;
	}

	// redirected returns the answer of a redirect, which has none of the headers of the
	// rules; undefined for none, and null if that is not known.
	function redirected(req, path, query, rest) {
		if (native.isUnknown(server.redirects)) return native.failAbout(server.redirects), null;
		for (const r of server.redirects) {
			const params = matching(r, req, path, query);
			if (params === undefined) return null;
			if (!params) continue;
			const to = fill(String(r.rule.destination), params), status = r.rule.statusCode || (r.rule.permanent ? 308 : 307);
			return empty(status, { location: (to === undefined ? String(r.rule.destination) : to) + rest });
		}
		return undefined;
	}

	// passMiddleware gives a request to the middleware: {} goes on, with another path
	// after a rewrite, and {response} is its answer.
	async function passMiddleware(request, req, path, query, set) {
		if (!server.middleware) return {};
		const base = server.config.basePath || '';
		if (base && path !== base && !path.startsWith(base + '/')) return {};
		const sees = server.sees(req, path.slice(base.length) || '/', query);
		if (native.isUnknown(sees)) return native.failAbout(sees), null;
		if (!sees) return {};
		const r = await next.pass(server.middleware, request);
		if (native.isUnknown(r)) return native.failAbout(r), null;
		if (!r) return {};
		const headers = r.headers, to = headers.get('x-middleware-rewrite');
		for (const [k, v] of headers) {
			if (k.startsWith('x-middleware-') || k === 'content-length' || k === 'location') continue;
			if (v) { set[k] = v; native.decideAt(server.middleFile, '', k, 'the middleware sets the header'); }
		}
		if (to) {
			const u = new URL(to), here = new URL(request.url);
			if (u.host !== here.host) return native.failAbout(native.unknown('what answers at ' + u.origin, 'the middleware passes the request on to it')), null;
			return { path: u.pathname };
		}
		if (headers.get('x-middleware-next')) return {};
		const location = headers.get('location');
		if (location) native.unsure(native.unknown('the host in Location', 'it is the one that next start was given'));
		return { response: new Response(r._body, { status: r.status, headers: location ? { location } : {} }) };
	}

	// routed gives a request to the route of its path.
	async function routed(request, req, res, path, query) {
		if (native.isUnknown(server.rewrites)) return native.failAbout(server.rewrites), null;
		let at = path, config = server.config;
		for (const r of server.rewrites) {
			const params = matching(r, req, at, query);
			if (params === undefined) return null;
			if (!params) continue;
			const to = fill(String(r.rule.destination), params);
			if (to === undefined || !to.startsWith('/')) return native.failAbout(native.unknown('what answers at ' + r.rule.destination, 'a rewrite passes the request on to it')), null;
			at = to.split('?')[0];
			break;
		}
		if (config.basePath) at = at === config.basePath ? '/' : at.startsWith(config.basePath + '/') ? at.slice(config.basePath.length) : '/_next/no such page';
		if (config.trailingSlash && at !== '/') at = at.replace(/\/$/, '');
		for (const r of server.routes) {
			const params = r.match(at);
			if (params) return served(r, params, request, req, res);
		}
		if (at.startsWith('/_next/') || native.filesComplete()) { append(res, 'vary', flight); return empty(404); }
		return beyond(res, req, native.unknown('what answers at ' + path, 'give the file of its route, such as app' + path + '/route.ts, with --file'));
	}

	// beyond is the answer of a route that is not known: its headers are known only if
	// a rule or the middleware set the one that decides.
	function beyond(res, req, what) {
		if (res.getHeader('Access-Control-Allow-Origin') === undefined) return native.failAbout(what), null;
		native.unsure(what);
		return new Response(null, { status: 200 });
	}

	async function served(route, params, request, req, res) {
		if (route.kind === 'page') {
			native.unsure(native.unknown('the status of the page', 'it depends on what the page does'));
			append(res, 'vary', flight);
			return empty(req.method === 'GET' || req.method === 'HEAD' ? 200 : 405);
		}
		const module = route.load();
		if (native.isUnknown(module)) return beyond(res, req, module);
		if (route.kind === 'api') {
			const f = exported(module, 'default') || (typeof module === 'function' ? module : undefined);
			if (!f) return beyond(res, req, native.unknown('the function of ' + route.file, 'export it as default'));
			native.platform(req);
			Object.assign(req.query, params);
			await f(req, res);
			return null;
		}
		append(res, 'vary', flight);
		const r = await next.call(module, request, params);
		if (native.isUnknown(r)) return beyond(res, req, r);
		if (!r) return empty(500);
		const left = new Headers();
		for (const [k, v] of r.headers) {
			if (k === 'vary') append(res, k, v);
			else if (multi.includes(k) || res.getHeader(k) === undefined) left.append(k, v);
		}
		return new Response(r._body, { status: r.status, headers: left });
	}

	return { start };
})
