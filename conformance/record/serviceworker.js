"use strict";
// corsimRules are the rules of the scenario. The recorder's own requests, and documents, are left to the network.
oninstall = () => skipWaiting();
onactivate = (event) => event.waitUntil(clients.claim());
const corsimInit = (call) => {
	const { url, body, ...init } = call;
	return typeof body === "string" ? { ...init, body } : init;
};
onfetch = (event) => {
	const { request } = event;
	const url = request.url.split("#")[0];
	if (request.mode === "navigate" || url.startsWith(location.origin + "/__")) return;
	const rule = corsimRules.find(({ when }) => (when.method ?? request.method) === request.method && (when.url ?? url) === url);
	if (!rule) return;
	if (rule.response) event.respondWith(new Response(rule.response.body ?? null, { status: rule.response.status ?? 200, headers: rule.response.headers ?? [] }));
	else if (rule.error) event.respondWith(Response.error());
	else if (rule.request) event.respondWith(fetch(request));
	else if (rule.call) event.respondWith(fetch(rule.call.url, corsimInit(rule.call)));
};
