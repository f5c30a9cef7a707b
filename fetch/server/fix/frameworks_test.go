package fix_test

const goodFastify = `const fastify = require('fastify')();
fastify.register(require('@fastify/cors'), {
  origin: ['https://myapp.com', 'https://admin.myapp.com'],
  credentials: true,
  methods: ['GET', 'POST', 'PUT', 'DELETE'],
  allowedHeaders: ['Content-Type', 'Authorization'],
  maxAge: 7200,
});
fastify.get('/users', async () => []);
fastify.put('/users', async () => []);
fastify.listen({ port: 3000 });
`

const goodKoa = `const Koa = require('koa');
const cors = require('@koa/cors');
const app = new Koa();
const allowed = ['https://myapp.com', 'https://admin.myapp.com'];
app.use(cors({
  origin: (ctx) => allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : '',
  credentials: true,
  allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
  allowHeaders: ['Content-Type', 'Authorization'],
  maxAge: 7200,
}));
app.use((ctx) => { ctx.body = []; });
app.listen(3000);
`

const goodHono = `import { Hono } from 'hono';
import { cors } from 'hono/cors';
const app = new Hono();
app.use('*', cors({
  origin: ['https://myapp.com', 'https://admin.myapp.com'],
  credentials: true,
  allowMethods: ['GET', 'POST', 'PUT', 'DELETE'],
  allowHeaders: ['Content-Type', 'Authorization'],
  maxAge: 7200,
}));
app.get('/users', (c) => c.json([]));
app.put('/users', (c) => c.json([]));
export default app;
`

const goodNest = `import { NestFactory } from '@nestjs/core';
import { Controller, Get, Module, Put } from '@nestjs/common';

@Controller('users')
class UsersController {
  @Get() list() { return []; }
  @Put() save() { return []; }
}

@Module({ controllers: [UsersController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.enableCors({
    origin: ['https://myapp.com', 'https://admin.myapp.com'],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['Content-Type', 'Authorization'],
    maxAge: 7200,
  });
  await app.listen(3000);
}
bootstrap();
`

const goodSpring = `import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.servlet.config.annotation.*;

@Configuration
class Web implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/**")
            .allowedOrigins("https://myapp.com", "https://admin.myapp.com")
            .allowedMethods("GET", "POST", "PUT", "DELETE")
            .allowedHeaders("Content-Type", "Authorization")
            .allowCredentials(true)
            .maxAge(7200);
    }
}

@RestController
class Users {
    @GetMapping("/users")
    String list() { return "[]"; }

    @PutMapping("/users")
    String save() { return "[]"; }
}
`

const goodAnnotated = `import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.*;

@RestController
@CrossOrigin(
    origins = {"https://myapp.com", "https://admin.myapp.com"},
    methods = {RequestMethod.GET, RequestMethod.PUT},
    allowedHeaders = {"Content-Type", "Authorization"},
    allowCredentials = "true",
    maxAge = 7200
)
class Users {
    @GetMapping("/users")
    String list() { return "[]"; }

    @PutMapping("/users")
    String save() { return "[]"; }

    @RequestMapping("/**")
    @ResponseStatus(HttpStatus.NOT_FOUND)
    void other() {}
}
`

// expressOptions are faults of an options object like that of Express.
var expressOptions = []fault{
	{rule: "origin-reflected-credentials", from: expressOrigin, to: "true"},
	{rule: "origin-reflected", from: expressOrigin, to: "true", and: []string{"credentials: true", "credentials: false"}},
	{rule: "null-origin-credentials", from: "'https://admin.myapp.com'", to: "'null'"},
	{rule: "origin-prefix-match", from: expressOrigin, to: `/^https:\/\/myapp\.com/`},
	{rule: "origin-suffix-match", from: expressOrigin, to: `/myapp\.com$/`},
	{rule: "origin-unescaped-dot", from: expressOrigin, to: `/^https:\/\/myapp.com$/`},
	{rule: "insecure-origin", from: "'https://admin.myapp.com'", to: "'http://myapp.com'"},
	{rule: "localhost-in-production", from: "'https://admin.myapp.com'", to: "'http://localhost:3000'"},
	{rule: "third-party-origin", from: "'https://admin.myapp.com'", to: "'https://codepen.io'"},
	{rule: "origin-never-matches", from: "'https://myapp.com'", to: "'https://myapp.com/'"},
	{rule: "origin-blocked", from: "'https://myapp.com'", to: "'https://www.myapp.com'"},
	{rule: "method-not-allowed-by-policy", from: "'POST', 'PUT', 'DELETE'", to: "'POST'"},
	{rule: "request-header-missing", from: "'Content-Type', 'Authorization'", to: "'Authorization'"},
	{rule: "star-list-with-credentials", from: "['GET', 'POST', 'PUT', 'DELETE']", to: "'*'"},
	{rule: "method-lowercase", from: "['GET', 'POST', 'PUT', 'DELETE']", to: "['get', 'post', 'put']"},
	{rule: "header-prohibited", from: "['Content-Type', 'Authorization']", to: "['Content-Type', 'Cookie', 'Authorization']"},
	{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
}

// koaOrigin replaces the function in goodKoa.
const koaOrigin = "(ctx) => allowed.includes(ctx.get('Origin')) ? ctx.get('Origin') : ''"

// frameworks are further systems whose configuration is a program.
var frameworks = []system{
	{name: "fastify", kind: "nodejs", file: "app.js", good: goodFastify, bad: expressOptions},
	{name: "nest", kind: "nodejs", file: "main.ts", good: goodNest, bad: expressOptions},
	{name: "hono", kind: "nodejs", file: "app.mjs", good: goodHono, bad: []fault{
		{rule: "origin-reflected-credentials", from: expressOrigin, to: "(origin) => origin"},
		{rule: "wildcard-credentials", from: expressOrigin, to: "'*'"},
		{rule: "null-origin-credentials", from: "'https://admin.myapp.com'", to: "'null'"},
		{rule: "origin-suffix-match", from: expressOrigin, to: "(origin) => origin.endsWith('myapp.com') ? origin : ''"},
		{rule: "insecure-origin", from: "'https://admin.myapp.com'", to: "'http://myapp.com'"},
		{rule: "origin-never-matches", from: "'https://myapp.com'", to: "'https://myapp.com/'"},
		{rule: "method-not-allowed-by-policy", from: "'POST', 'PUT', 'DELETE'", to: "'POST'"},
		{rule: "request-header-missing", from: "'Content-Type', 'Authorization'", to: "'Authorization'"},
		{rule: "option-unknown", from: "allowMethods", to: "methods"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "koa", kind: "nodejs", file: "app.js", good: goodKoa, bad: []fault{
		{rule: "origin-reflected-credentials", from: koaOrigin, to: "(ctx) => ctx.get('Origin')"},
		{rule: "origin-suffix-match", from: "allowed.includes(ctx.get('Origin'))", to: "ctx.get('Origin').endsWith('myapp.com')"},
		{rule: "origin-prefix-match", from: "allowed.includes(ctx.get('Origin'))", to: "ctx.get('Origin').startsWith('https://myapp.com')"},
		{rule: "null-origin-credentials", from: "'https://admin.myapp.com'", to: "'null'"},
		{rule: "origin-never-matches", from: koaOrigin, to: "'https://myapp.com/'"},
		{rule: "method-not-allowed-by-policy", from: "'POST', 'PUT', 'DELETE'", to: "'POST'", call: "PUT"},
		{rule: "request-header-missing", from: "'Content-Type', 'Authorization'", to: "'Content-Type'", call: "GET Authorization"},
		{rule: "option-unknown", from: "allowMethods", to: "methods"},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "spring", file: "Web.java", good: goodSpring, bad: []fault{
		{rule: "origin-reflected-credentials", from: `.allowedOrigins("https://myapp.com", "https://admin.myapp.com")`, to: `.allowedOriginPatterns("*")`},
		{rule: "null-origin-credentials", from: `"https://admin.myapp.com"`, to: `"null"`},
		{rule: "insecure-origin", from: `"https://admin.myapp.com"`, to: `"http://myapp.com"`},
		{rule: "localhost-in-production", from: `"https://admin.myapp.com"`, to: `"http://localhost:3000"`},
		{rule: "origin-blocked", from: `"https://myapp.com"`, to: `"https://www.myapp.com"`},
		{rule: "method-not-allowed-by-policy", from: `"POST", "PUT", "DELETE"`, to: `"POST"`},
		{rule: "request-header-missing", from: `"Content-Type", "Authorization"`, to: `"Authorization"`},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
	{name: "spring-annotation", kind: "spring", file: "Users.java", good: goodAnnotated, bad: []fault{
		{rule: "origin-reflected-credentials", from: `origins = {"https://myapp.com", "https://admin.myapp.com"}`, to: `originPatterns = "*"`},
		{rule: "null-origin-credentials", from: `"https://admin.myapp.com"`, to: `"null"`},
		{rule: "insecure-origin", from: `"https://admin.myapp.com"`, to: `"http://myapp.com"`},
		{rule: "origin-blocked", from: `"https://myapp.com"`, to: `"https://www.myapp.com"`},
		{rule: "request-header-missing", from: `"Content-Type", "Authorization"`, to: `"Authorization"`},
		{rule: "max-age-out-of-bounds", from: "7200", to: "31536000"},
	}},
}
