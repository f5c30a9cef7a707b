// The frame of a peer: it reads one command a line from standard input and
// writes one answer a line, both as JSON.
//
//   {"open": URL}              opens a page; the answer is {}
//   {"call": CALL}             makes a call from it; the answer is what script sees
//   {"rate": CALLS, "ms": N}   repeats these calls for N milliseconds
//
// A call is {"url", "method", "headers", "body", "credentials"}, as in fetch().
// A peer is an object with the methods open, call and rate, each for a command.

import net from "node:net";
import { createInterface } from "node:readline";

/** Leads every connection of this process to one port of the loopback interface. */
export function leadTo(port) {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const options = Array.isArray(args[0]) ? args[0][0] : args[0];
    Object.assign(options, { host: "127.0.0.1", port, lookup: undefined });
    return connect.apply(this, args);
  };
}

/** Answers commands until there are no more. */
export async function serve(peer) {
  for await (const line of createInterface({ input: process.stdin })) {
    const command = JSON.parse(line);
    let answer;
    try {
      if ("open" in command) {
        await peer.open(command.open);
        answer = {};
      } else if ("call" in command) {
        answer = await peer.call(command.call);
      } else {
        answer = await peer.rate(command.rate, command.ms);
      }
    } catch (error) {
      answer = { failed: String(error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
}
