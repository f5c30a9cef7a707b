// The frame of an adapter for corsim conform: it reads messages from standard input and
// writes one answer to each to standard output. docs/adapters.md describes them.

import net from "node:net";
import { createInterface } from "node:readline";

/** An error with which an adapter says that the implementation does not have something. */
export class Unsupported extends Error {}

/**
 * Speaks the protocol until the input ends. The adapter has
 *   hello   what it says of itself: name, version, steps, tags, cookies, sandbox
 *   start   (greeting) called once; optional
 *   open    (scenario) opens the page of a scenario
 *   step    (step, scenario) takes a step and returns its observation
 *   close   called at the end; optional
 */
export async function serve(adapter) {
  let greeting;
  let scenario;
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line);
    let answer;
    try {
      if ("protocol" in message) {
        greeting = message;
        await adapter.start?.(greeting);
        answer = { protocol: 1, ...adapter.hello };
      } else if ("scenario" in message) {
        scenario = message.scenario;
        await adapter.open(scenario);
        answer = { ready: true };
      } else {
        const timeout = new Promise((resolve) => setTimeout(resolve, greeting.seconds * 1000, { outcome: "error", error: "timeout" }).unref());
        answer = await Promise.race([adapter.step(scenario.steps[message.step], scenario), timeout]);
      }
    } catch (error) {
      answer = error instanceof Unsupported ? { unsupported: error.message } : { failed: scenario ? String(error?.stack ?? error).split("\n").slice(0, 3).join(" ") : String(error?.message ?? error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
  await adapter.close?.();
}

/** Leads every connection of this process to one address, whatever host and port it asks for. */
export function leadTo(address) {
  const port = Number(address.slice(address.lastIndexOf(":") + 1));
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const options = Array.isArray(args[0]) ? args[0][0] : args[0];
    Object.assign(options, { host: "127.0.0.1", port, lookup: undefined });
    return connect.apply(this, args);
  };
}
