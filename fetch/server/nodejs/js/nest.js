// A model of NestJS 11 and 12 on Express, and on Fastify as far as CORS goes.
(function (native) {
	'use strict';

	const known = err => {
		if (!native.isUnknown(err)) return err;
		native.unsure(err);
		return new Error('an error that is not known');
	};
	const thenable = v => !native.isUnknown(v) && v !== null && v !== undefined && typeof v.then === 'function';
	// decorate makes a package whose missing names are decorators that change nothing.
	const decorate = known => new Proxy(known, {
		get(target, name) {
			if (name in target || typeof name !== 'string' || ['then', 'default', '__esModule', 'toJSON'].includes(name)) return target[name];
			return target[name] = /^[A-Z]/.test(name) ? (...args) => args.length === 1 && typeof args[0] === 'function' && !native.isUnknown(args[0]) && /Type$/.test(name) ? class {} : () => undefined : native.unknown(name, '');
		},
	});

	class HttpException extends Error {
		constructor(response, status) { super(typeof response === 'string' ? response : response && response.message || 'Http Exception'); this.response = response; this.status = status; this.name = 'HttpException'; }
		getStatus() { return this.status; }
		getResponse() { return this.response; }
	}
	const common = { HttpException, HttpStatus: {} };
	for (const code of Object.keys(native.statuses)) {
		const text = native.statuses[code], words = text.replace(/[^A-Za-z ]/g, '');
		common.HttpStatus[words.toUpperCase().replace(/ /g, '_')] = Number(code);
		const name = words.split(' ').map(w => w[0].toUpperCase() + w.slice(1)).join('').replace('Error', 'Error') + 'Exception';
		if (Number(code) >= 400) common[name] = class extends HttpException { constructor(message) { super(message === undefined ? text : message, Number(code)); } };
	}
	common.InternalServerErrorException = class extends HttpException { constructor(m) { super(m === undefined ? 'Internal Server Error' : m, 500); } };

	// Decorators.
	const routesOf = proto => Object.prototype.hasOwnProperty.call(proto, '__routes') ? proto.__routes : proto.__routes = {};
	const routeOf = (proto, key) => routesOf(proto)[key] = routesOf(proto)[key] || { params: [], headers: [], guards: [] };
	for (const verb of ['Get', 'Post', 'Put', 'Patch', 'Delete', 'Options', 'Head', 'All']) {
		common[verb] = path => (proto, key) => { Object.assign(routeOf(proto, key), { verb: verb.toLowerCase(), path: path === undefined ? '/' : path }); };
	}
	common.HttpCode = code => (proto, key) => { routeOf(proto, key).code = code; };
	common.Header = (name, value) => (proto, key) => { routeOf(proto, key).headers.push([name, value]); };
	common.Redirect = (url, code) => (proto, key) => { routeOf(proto, key).redirect = [url, code]; };
	common.Controller = path => c => {
		const o = path !== null && typeof path === 'object' && !Array.isArray(path) && !native.isUnknown(path) ? path : { path };
		Object.assign(c, { __controller: o.path === undefined ? '' : o.path, __version: o.version, __host: o.host });
	};
	common.Version = version => (target, key) => { if (key) routeOf(target, key).version = version; else target.__version = version; };
	common.VERSION_NEUTRAL = Symbol('VERSION_NEUTRAL');
	common.Module = o => c => { c.__module = o; };
	common.UseGuards = (...list) => (target, key) => { if (key) routeOf(target, key).guards.push(...list); else target.__guards = list; };
	for (const kind of ['Body', 'Param', 'Query', 'Headers', 'Req', 'Request', 'Res', 'Response', 'Next', 'Session', 'Ip', 'HostParam', 'UploadedFile', 'UploadedFiles']) {
		common[kind] = (name, ...pipes) => (proto, key, index) => { if (key !== undefined) routeOf(proto, key).params.push({ index, kind, name, pipes }); };
	}
	for (const name of ['Injectable', 'Inject', 'Optional', 'Global', 'UsePipes', 'UseFilters', 'UseInterceptors', 'Catch', 'SetMetadata', 'Render']) common[name] = () => () => undefined;
	common.applyDecorators = (...list) => (...args) => { list.forEach(d => d(...args)); };
	common.createParamDecorator = f => data => (proto, key, index) => { routeOf(proto, key).params.push({ index, kind: 'custom', f, data }); };
	const silent = () => {};
	common.Logger = class { log() {} error() {} warn() {} debug() {} verbose() {} static log() {} static error() {} static warn() {} static debug() {} };
	common.ConsoleLogger = common.Logger;
	for (const name of ['ValidationPipe', 'ParseIntPipe', 'ParseUUIDPipe', 'ParseBoolPipe', 'ParseFloatPipe', 'ParseEnumPipe', 'ParseArrayPipe', 'DefaultValuePipe', 'ClassSerializerInterceptor', 'CacheInterceptor']) common[name] = class { constructor(v) { this.v = v; } };
	common.VersioningType = { URI: 0, HEADER: 1, MEDIA_TYPE: 2, CUSTOM: 3 };
	common.RequestMethod = { GET: 0, POST: 1, PUT: 2, DELETE: 3, PATCH: 4, ALL: 5, OPTIONS: 6, HEAD: 7 };

	// @nestjs/config: a name of an environment variable is looked up, another one is
	// not known, because files that are not given may define it.
	class ConfigService {
		get(name, fallback) {
			if (native.isUnknown(name) || !/^[A-Z][A-Z0-9_]*$/.test(name)) return native.unknown('ConfigService.get(' + name + ')', 'give it with --set');
			const v = process.env[name];
			if (native.isUnknown(v)) return fallback === undefined || typeof fallback === 'object' ? v : v ?? fallback;
			return v === undefined ? typeof fallback === 'object' && fallback && 'infer' in fallback ? undefined : fallback : v;
		}
		getOrThrow(name) {
			const v = this.get(name);
			if (v === undefined) throw new TypeError('Configuration key "' + name + '" does not exist');
			return v;
		}
	}
	const config = { ConfigService, ConfigModule: { forRoot: () => ({ harmless: true }), forFeature: () => ({ harmless: true }) }, registerAs: (name, f) => f };

	const joinPath = (...parts) => '/' + parts.join('/').split('/').filter(p => p !== '').join('/');

	function reply(res, body, status) {
		if (status !== undefined && status !== null) res.status(status);
		if (native.isUnknown(body)) { native.unsure(body); res.send('…'); return; }
		if (body === undefined || body === null) { res.send(); return; }
		if (typeof body === 'object') res.json(body); else res.send(String(body));
	}
	function fail(err, res) {
		err = known(err);
		if (res.headersSent) { res.end(); return; }
		if (err instanceof HttpException) {
			const r = err.getResponse(), status = err.getStatus();
			if (native.isUnknown(status)) native.unsure(status);
			reply(res, typeof r === 'object' && r !== null ? r : { statusCode: status, message: r }, native.isUnknown(status) ? 500 : status);
			return;
		}
		const like = err && (typeof err.expose === 'boolean' && err.status === err.statusCode || !(err instanceof Error) && Number.isInteger(err.statusCode) && err.statusCode >= 400 && err.message);
		const status = like && typeof err.statusCode === 'number' ? err.statusCode : err instanceof SyntaxError || err instanceof URIError ? 400 : 500;
		reply(res, { statusCode: status }, status);
	}

	class Application {
		constructor(root, options) {
			this.root = root; this.options = options || {};
			this.place = native.here();
			this.prefix = ''; this.globalGuards = []; this.pipes = false; this.filters = [];
			this.server = native.require('express');
			this.instance = this.server();
			this.httpServer = native.require('http').createServer(this.instance);
			native.server(this, (req, res) => this.instance(req, res));
		}
		use(...args) { this.instance.use(...args); return this; }
		enableCors(options) { this.instance.use(native.require('cors')(options)); }
		setGlobalPrefix(prefix, options) { this.prefix = String(prefix); this.prefixOptions = options; return this; }
		useGlobalPipes(...l) { this.pipes = true; return this; }
		useGlobalGuards(...l) { this.globalGuards.push(...l); return this; }
		useGlobalFilters(...l) { this.filters.push(...l); return this; }
		enableVersioning(options) { this.versioning = options === undefined ? { type: 0 } : options; return this; }
		getHttpAdapter() { return { getInstance: () => this.instance, getHttpServer: () => this.httpServer, getType: () => 'express', use: (...a) => this.instance.use(...a), get: (...a) => this.instance.get(...a), enableCors: o => this.enableCors(o) }; }
		getHttpServer() { return this.httpServer; }
		get(token) { return token === ConfigService ? new ConfigService() : native.unknown('app.get(' + (typeof token === 'function' && token.name || '…') + ')', 'the file that makes it is not run'); }
		async resolve(token) { return this.get(token); }
		select() { return this; }
		set(...a) { this.instance.set(...a); return this; }
		enable(...a) { this.instance.enable(...a); return this; }
		disable(...a) { this.instance.disable(...a); return this; }
		useStaticAssets(path, o) { this.instance.use(...(o && o.prefix ? [o.prefix] : []), this.server.static(path, o)); return this; }
		useBodyParser(type, o) { this.instance.use(this.server[type](o)); return this; }
		async getUrl() { return 'http://[::1]:3000'; }
		async init() {
			if (this.ready) return this;
			this.ready = true;
			const cors = this.options.cors;
			if (cors) {
				native.place(this.place);
				if (native.isUnknown(cors) || typeof cors === 'object' || typeof cors === 'function') this.enableCors(cors); else this.enableCors();
				native.place(-1);
			}
			if (this.options.bodyParser !== false) {
				this.instance.use(this.server.json());
				this.instance.use(this.server.urlencoded({ extended: true }));
			}
			const middleware = [], controllers = [], strangers = [];
			await this.scan(this.root, middleware, controllers, strangers, []);
			for (const c of controllers) this.mount(c);
			// Routes of files that are not given answer, or not.
			for (const s of strangers) this.instance.use(s);
			const missing = (req, res) => { fail(new common.NotFoundException('Cannot ' + req.method + ' ' + req.originalUrl), res); };
			const caught = (err, req, res, next) => { fail(err, res); };
			const prefix = this.prefix ? joinPath(this.prefix) : '';
			if (prefix) {
				const router = this.server.Router();
				router.all('*path', missing);
				this.instance.use(prefix, router);
				const errors = this.server.Router();
				errors.use(caught);
				this.instance.use(prefix, errors);
			} else this.instance.use(missing);
			this.instance.use(caught);
			return this;
		}
		async scan(module, middleware, controllers, strangers, seen) {
			module = await module;
			if (seen.includes(module)) return;
			seen.push(module);
			if (native.isUnknown(module)) {
				if (!/^@nestjs\/(?!serve-static|graphql|terminus)/.test(native.moduleOf(module)) || native.moduleOf(module) === '') strangers.push(module);
				return;
			}
			if (!module || module.harmless) return;
			const o = { ...(module.module ? module.module.__module : {}), ...(module.__module || {}), ...(typeof module === 'object' ? module : {}) };
			for (const m of o.imports || []) await this.scan(m, middleware, controllers, strangers, seen);
			for (const p of o.providers || []) if (!native.isUnknown(p) && p && native.isUnknown(p.provide) === false && p.provide === 'APP_GUARD') this.globalGuards.push(p.useClass || p.useValue || p.useExisting || native.unknown('a guard', ''));
			const c = module.module || module;
			if (typeof c === 'function' && c.prototype && typeof c.prototype.configure === 'function') this.configure(c);
			for (const ctl of o.controllers || []) controllers.push(ctl);
		}
		configure(c) {
			const self = this;
			const consumer = { apply(...list) {
				const to = paths => {
					for (const f of list.flat()) {
						const g = native.isUnknown(f) ? f : f.prototype && typeof f.prototype.use === 'function' ? (req, res, next) => self.make(f).use(req, res, next) : f;
						if (paths.some(p => native.isUnknown(p) || typeof p === 'function' || (p.path || p) === '*' || /^\/?\{?\*/.test(p.path || p))) self.instance.use(g);
						else for (const p of paths) self.instance.use(joinPath(self.prefix, p.path || p), g);
					}
					return consumer;
				};
				const out = { forRoutes: (...paths) => to(paths), exclude: () => out };
				return out;
			} };
			this.make(c).configure(consumer);
		}
		make(c) {
			const n = c.length, args = [];
			for (let i = 0; i < n; i++) args.push(native.unknown('a provider of ' + c.name, 'injection is not modelled'));
			return new c(...args);
		}
		mount(ctl) {
			if (native.isUnknown(ctl)) { this.instance.use(ctl); return; }
			if (ctl.__host !== undefined) { this.instance.use(native.unknown('the routes of a controller for one host', 'the option host is not modelled')); return; }
			const self = this;
			let instance;
			const routes = ctl.prototype.__routes || {};
			for (const key of Object.keys(routes)) {
				const r = routes[key];
				if (!r.verb) continue;
				for (const base of [].concat(ctl.__controller === undefined ? '' : ctl.__controller)) for (const sub of [].concat(r.path)) {
					const places = this.placesOf(ctl, r, base, sub);
					if (!places) { this.instance.use(native.unknown('the versions of routes', 'only versions in the path and in a header are modelled')); continue; }
					const handler = async (req, res, next) => {
						try {
							instance = instance || self.make(ctl);
							const ctx = { switchToHttp: () => ({ getRequest: () => req, getResponse: () => res, getNext: () => next }), getHandler: () => instance[key], getClass: () => ctl, getType: () => 'http', getArgs: () => [req, res, next] };
							for (const g of self.globalGuards.concat(ctl.__guards || [], r.guards)) await self.guard(g, ctx);
							const args = [];
							let own = false;
							for (const p of r.params) {
								let v;
								if (p.kind === 'Body') v = p.name && typeof p.name === 'string' ? req.body && req.body[p.name] : req.body;
								else if (p.kind === 'Param') v = typeof p.name === 'string' ? req.params[p.name] : req.params;
								else if (p.kind === 'Query') v = typeof p.name === 'string' ? req.query[p.name] : req.query;
								else if (p.kind === 'Headers') v = typeof p.name === 'string' ? req.headers[p.name.toLowerCase()] : req.headers;
								else if (p.kind === 'Req' || p.kind === 'Request') v = req;
								else if (p.kind === 'Res' || p.kind === 'Response') { v = res; own = own || !(p.name && p.name.passthrough); }
								else if (p.kind === 'Next') { v = next; own = true; }
								else if (p.kind === 'custom') v = p.f(p.data, ctx);
								else v = native.unknown('@' + p.kind + '()', '');
								for (const pipe of p.pipes || []) {
									if (pipe === common.ParseIntPipe || pipe instanceof common.ParseIntPipe) { if (!/^-?\d+$/.test(String(v))) throw new common.BadRequestException('Validation failed (numeric string is expected)'); v = Number(v); }
									else if (pipe instanceof common.DefaultValuePipe) { if (v === undefined) v = pipe.v; }
								}
								if (p.kind === 'Body' && self.pipes && native.maybe(native.unknown('whether the body is valid', ''), 'is not valid', false)) { native.unsure(native.unknown('whether the body is valid', '')); throw new common.BadRequestException(); }
								args[p.index] = v;
							}
							if (own) { await instance[key](...args); return; }
							let result = instance[key](...args);
							if (thenable(result)) result = await result;
							for (const [k, v] of r.headers) res.set(k, v);
							if (r.redirect) { res.redirect(r.redirect[1] || 302, result && result.url || r.redirect[0]); return; }
							reply(res, result, r.code === undefined ? req.method === 'POST' ? 201 : 200 : r.code);
						} catch (err) { next(known(err)); }
					};
					for (const p of places) this.instance[r.verb](p.path.replace(/\*$/, '{*path}'), p.fits ? (req, res, next) => p.fits(req) ? handler(req, res, next) : next() : handler);
				}
			}
		}
		// placesOf returns the paths of a route, each with a function that says whether a
		// request has its version; undefined if that is not known.
		placesOf(ctl, route, base, sub) {
			const path = joinPath(base, sub), o = this.versioning, prefix = this.prefixOf(path);
			if (prefix === undefined) return undefined;
			if (!o) return [{ path: joinPath(prefix, path) }];
			if (native.isUnknown(o) || native.isUnknown(o.type)) return undefined;
			const given = route.version || (ctl.__version === undefined ? o.defaultVersion : ctl.__version), neutral = common.VERSION_NEUTRAL;
			if (!given) return [{ path: joinPath(prefix, path) }];
			const versions = [].concat(given);
			if (native.isUnknown(given) || versions.some(v => native.isUnknown(v)) || native.isUnknown(o.prefix)) return undefined;
			if (o.type === common.VersioningType.URI) {
				const mark = o.prefix === false ? '' : o.prefix === undefined ? 'v' : o.prefix;
				return versions.map(v => ({ path: joinPath(prefix, v === neutral ? '' : mark + String(v), path) }));
			}
			if (o.type !== common.VersioningType.HEADER || typeof o.header !== 'string' || native.isUnknown(o.header)) return undefined;
			if (given === neutral) return [{ path: joinPath(prefix, path) }];
			return [{ path: joinPath(prefix, path), fits: req => {
				const sent = req.headers[o.header.toLowerCase()];
				return sent ? versions.includes(sent) : Array.isArray(given) && sent === undefined && versions.includes(neutral);
			} }];
		}
		// prefixOf returns the global prefix for a path; undefined if that is not known.
		prefixOf(path) {
			const left = this.prefixOptions && this.prefixOptions.exclude;
			if (native.isUnknown(this.prefixOptions) || native.isUnknown(left)) return undefined;
			for (const e of left || []) {
				const p = native.isUnknown(e) || typeof e === 'string' ? e : e.path;
				if (native.isUnknown(p) || /[*:(){}?+]/.test(p) || typeof e === 'object' && e.method !== undefined && e.method !== common.RequestMethod.ALL && joinPath(p) === path) return undefined;
				if (joinPath(p) === path) return '';
			}
			return this.prefix;
		}
		async guard(g, ctx) {
			if (native.isUnknown(g) || native.isUnknown(g.canActivate)) {
				if (native.maybe(g, 'lets the request pass', true)) { native.unsure(g); return; }
				native.unsure(g);
				throw new common.UnauthorizedException();
			}
			const o = typeof g === 'function' ? this.make(g) : g;
			const ok = await o.canActivate(ctx);
			if (native.isUnknown(ok) ? !native.maybe(ok, 'true', true) : !ok) throw new common.ForbiddenException('Forbidden resource');
		}
		async listen(port, ...rest) {
			await this.init();
			const done = rest.find(a => typeof a === 'function' && !native.isUnknown(a));
			this.httpServer.listen(native.isUnknown(port) ? 3000 : port, done || silent);
			return this.httpServer;
		}
		async close() {}
		async startAllMicroservices() { return this; }
		connectMicroservice() { return native.unknown('a microservice', ''); }
	}
	for (const name of ['useGlobalInterceptors', 'enableShutdownHooks', 'useLogger', 'flushLogs', 'setBaseViewsDir', 'setViewEngine', 'useWebSocketAdapter', 'registerPartials', 'setLocal', 'engine']) Application.prototype[name] = function () { return this; };

	// On Fastify, CORS is @fastify/cors and the routes are not known.
	class FastifyApplication {
		constructor(root, instance, options) { this.root = root; this.instance = instance; this.options = options || {}; this.place = native.here(); this.prefix = ''; }
		enableCors(options) { this.instance.register(native.require('@fastify/cors'), options); }
		register(...a) { return this.instance.register(...a); }
		use() { this.instance.addHook('onRequest', native.unknown('middleware of Nest on Fastify', '')); return this; }
		setGlobalPrefix(p) { this.prefix = String(p); return this; }
		getHttpAdapter() { return { getInstance: () => this.instance }; }
		get(token) { return token === ConfigService ? new ConfigService() : native.unknown('app.get()', ''); }
		async init() {
			if (this.options.cors) this.enableCors(this.options.cors === true ? undefined : this.options.cors);
			this.instance.register(native.isUnknown(this.root) ? this.root : native.unknown('the routes of controllers', 'on Fastify they are not modelled'), { prefix: '/' });
			return this;
		}
		async listen(port) {
			await this.init();
			await this.instance.listen({ port: native.isUnknown(port) || typeof port === 'object' ? 3000 : Number(port) });
		}
		async getUrl() { return 'http://[::1]:3000'; }
		async close() {}
	}
	for (const name of ['useGlobalPipes', 'useGlobalGuards', 'useGlobalFilters', 'useGlobalInterceptors', 'enableVersioning', 'enableShutdownHooks', 'useLogger', 'flushLogs', 'set', 'enable', 'disable', 'useStaticAssets', 'setViewEngine', 'connectMicroservice', 'startAllMicroservices']) FastifyApplication.prototype[name] = function () { return this; };
	class FastifyAdapter {
		constructor(options) { this.instance = native.isUnknown(options) || !options || !options.register ? native.require('fastify')(options) : options; }
		getInstance() { return this.instance; }
		register(...a) { return this.instance.register(...a); }
		enableCors(o) { this.instance.register(native.require('@fastify/cors'), o); }
	}
	class ExpressAdapter { constructor(instance) { this.instance = instance; } getInstance() { return this.instance; } }

	const NestFactory = {
		async create(root, a, b) {
			if (a instanceof FastifyAdapter) return new FastifyApplication(root, a.instance, b);
			const app = new Application(root, a instanceof ExpressAdapter ? b : native.isUnknown(a) ? {} : a);
			if (a instanceof ExpressAdapter && a.instance) {
				app.instance = a.instance;
				app.httpServer = native.require('http').createServer(a.instance);
			}
			return app;
		},
		async createMicroservice() { return native.unknown('a microservice', ''); },
		async createApplicationContext() { return native.unknown('an application context', ''); },
	};

	class DocumentBuilder { build() { return {}; } }
	const swagger = decorate({
		DocumentBuilder: new Proxy(DocumentBuilder, { construct: () => { const b = new Proxy({}, { get: (t, name) => name === 'build' ? () => ({}) : typeof name === 'string' && name !== 'then' ? () => b : undefined }); return b; } }),
		SwaggerModule: { createDocument: () => ({}), setup: (path, app) => {
			if (!(app instanceof Application) || native.isUnknown(path)) return;
			app.instance.use(joinPath(path), native.unknown('the pages of Swagger', ''));
			app.instance.get([joinPath(path + '-json'), joinPath(path + '-yaml')], (req, res) => res.send('{}'));
		} },
	});
	const core = decorate({ NestFactory, APP_GUARD: 'APP_GUARD', APP_FILTER: 'APP_FILTER', APP_PIPE: 'APP_PIPE', APP_INTERCEPTOR: 'APP_INTERCEPTOR', HttpAdapterHost: class {}, Reflector: class { get() { return native.unknown('metadata', ''); } getAllAndOverride() { return native.unknown('metadata', ''); } } });
	return {
		'@nestjs/core': core, '@nestjs/common': decorate(common), '@nestjs/config': decorate(config), '@nestjs/swagger': swagger, '@nestjs/platform-express': decorate({ ExpressAdapter }),
		'@nestjs/platform-fastify': decorate({ FastifyAdapter }), 'class-validator': decorate({}), 'class-transformer': decorate({}), '@nestjs/mapped-types': decorate({}),
	};
})
