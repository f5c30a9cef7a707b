// Adapter for jsdom (npm install jsdom), which has XMLHttpRequest and loads scripts and
// style sheets:
//
//   corsim conform -- node conformance/adapters/jsdom.mjs

import { leadTo, serve } from "./adapter.mjs";
import { kindOf, page } from "./page.mjs";
import { load } from "./packages.mjs";

leadTo(process.env.CORSIM_ADDRESS);
const { module, version } = await load("jsdom");
const { CookieJar, JSDOM, VirtualConsole } = module;

let dom;
await serve({
  hello: { name: "jsdom", version, steps: ["xhr", "element"], tags: ["script", "stylesheet"], cookies: true },
  open(scenario) {
    dom?.window.close();
    const cookieJar = new CookieJar();
    for (const { url, set } of scenario.cookies ?? []) {
      cookieJar.setCookieSync(set, url, { ignoreError: true });
    }
    const virtualConsole = new VirtualConsole(); // which prints nothing
    dom = new JSDOM("<!doctype html>", { url: scenario.page, cookieJar, virtualConsole, resources: "usable", runScripts: "dangerously" });
  },
  step: (step) => page[kindOf(step)](dom.window, step[kindOf(step)]),
});
