// Adapter for the fetch() of Node.js, Deno and Bun, which knows no page:
//
//   corsim conform -- node conformance/adapters/node-fetch.mjs

import { leadTo, serve } from "./adapter.mjs";
import { page } from "./page.mjs";

leadTo(process.env.CORSIM_ADDRESS);

await serve({
  hello: { name: "node", version: process.versions.node, steps: ["fetch"] },
  async start() {
    // Each answer ends its connection. A client that keeps connections may send the next
    // request over one that is about to end.
    const dispatcher = Symbol.for("undici.globalDispatcher.1");
    await fetch("data:,");
    globalThis[dispatcher] = new globalThis[dispatcher].constructor({ pipelining: 0 });
  },
  open() {},
  step({ fetch: step }, scenario) {
    let { url } = step;
    try {
      url = new URL(url, scenario.page).href;
    } catch {} // fetch() says what is wrong with it
    return page.fetch(globalThis, { ...step, url });
  },
});
