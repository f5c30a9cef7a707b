// jsdom and its XMLHttpRequest: node jsdom.mjs PORT

import { JSDOM, VirtualConsole } from "jsdom";
import { callXHR, rate } from "./page.mjs";
import { leadTo, serve } from "./peer.mjs";

leadTo(Number(process.argv[2]));

let dom;
await serve({
  open(url) {
    dom?.window.close();
    dom = new JSDOM("", { url, virtualConsole: new VirtualConsole() }); // which prints nothing
  },
  call: (call) => callXHR(dom.window, call),
  rate: (calls, ms) => rate(dom.window, callXHR, calls, ms),
});
