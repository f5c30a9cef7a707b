// Package record runs scenarios in real browsers and writes what they do as observations.
//
// [Run] records all scenarios of a [Job] in one browser. It needs Linux: [Enter] starts the program again in
// namespaces of its own, in which the names of the scenarios' hosts lead to the loopback interface and every port
// is free. There, package wire plays the servers, and each document is served at its scenario's own URL.
// docs/recording.md describes the settings of the browsers.
//
// # Terminology
//
//   - driver: what starts and steers one kind of browser.
//   - visit: a document that is opened before the scenario's own document, so that its response can set
//     cookies first-party.
//   - runner: the script that makes the call of a step in the document, and waits for its outcome.
//   - race: a scenario that gives another observation when it is recorded again.
//
// # Specification
//
// docs/format.md describes scenarios and observations, and what each step does.
package record
