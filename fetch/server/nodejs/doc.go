// Package nodejs reads servers that are written in JavaScript and TypeScript, by
// running their text in an engine whose modules are models: Express 4 and 5 with its
// usual middleware, package cors, the servers of module http, Fastify, Koa, Hono and
// NestJS. It also reads the configurations of Vite, webpack-dev-server and Create
// React App, whose proxies pass requests on to a server behind them, and projects of
// Next.js: the configuration, the middleware and the routes. Nothing of the text
// reaches a file system, a network or a clock.
//
// What the text does not say, such as a database or a file that was not given, is an
// unknown value. Where a condition depends on one, both ways are taken; the answer
// is known if both give the same answer, its status is unknown if they differ in
// nothing about CORS, and otherwise the answer is an error that names the value.
//
// # Sources
//
// The packages express 5.3.0 and 4.22.3, router 2.3.0, path-to-regexp 8.4.2 and
// 0.1.13, cors 2.8.6, vary 1.1.2, body-parser 2.4.0 and 1.20, finalhandler 2,
// serve-static and send, compression 1.8.2, helmet 8.3.0, express-rate-limit 8.7.5,
// fastify 5.12.8, find-my-way, avvio and @fastify/cors 11.4.3, koa 3.3.0, @koa/cors
// 5.0.0 and @koa/router 15.7.0, hono 4.13.19 and @hono/node-server 2.1.9, NestJS
// 12.5.1, next 15.5.29, vite 8.3.8, webpack-dev-server 5.2.7,
// http-proxy-middleware 2.0.12 and 3.0.11, and the documentation of Node 20:
// https://nodejs.org/docs/latest-v20.x/api/http.html.
package nodejs
