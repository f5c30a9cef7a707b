// Adapter for happy-dom (npm install happy-dom) and its fetch() and XMLHttpRequest:
//
//   corsim conform -- node conformance/adapters/happy-dom.mjs

import { leadTo, serve } from "./adapter.mjs";
import { kindOf, page } from "./page.mjs";
import { load } from "./packages.mjs";

leadTo(process.env.CORSIM_ADDRESS);
const { module, version } = await load("happy-dom");

let window;
await serve({
  hello: { name: "happy-dom", version, steps: ["fetch", "xhr"], cookies: true },
  async open(scenario) {
    await window?.happyDOM.close();
    window = new module.Window({ url: scenario.page });
    for (const { url, set } of scenario.cookies ?? []) {
      // The cookies are set as responses of their own servers set them.
      const other = new module.Window({ url });
      other.document.cookie = set;
      window.happyDOM.cookieContainer?.addCookies(other.happyDOM.cookieContainer?.getCookies(new URL(url)) ?? []);
      await other.happyDOM.close();
    }
  },
  step: (step) => page[kindOf(step)](window, step[kindOf(step)]),
});
