// Adapter for the package corsim, whose fetch() and XMLHttpRequest play a browser:
//
//   corsim conform --as firefox -- node conformance/adapters/corsim.mjs firefox

import { leadTo, serve, Unsupported } from "./adapter.mjs";
import { kindOf, page } from "./page.mjs";
import { load } from "./packages.mjs";

leadTo(process.env.CORSIM_ADDRESS);
const engine = process.argv[2] ?? "spec";
const { module, version } = await load("corsim");

let browser;
await serve({
  hello: { name: `corsim (${engine})`, version, steps: ["fetch", "xhr"], sandbox: true },
  open(scenario) {
    if (scenario.steps.some((step) => step.worker || step.xhr?.sync)) {
      throw new Unsupported("workers and synchronous requests");
    }
    browser?.close();
    browser = module.createBrowser({ page: scenario.page, engine, sandboxed: scenario.sandboxed });
  },
  step: (step) => page[kindOf(step)]({ Blob, FormData, URLSearchParams, Request, fetch: browser.fetch, XMLHttpRequest: browser.XMLHttpRequest }, step[kindOf(step)]),
});
