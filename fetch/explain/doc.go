// Package explain says in English why a call failed ([Explain]), finds the
// smallest change to servers after which it would not ([Repairs]), and says what
// a server has to allow for it ([Repair.Need]); package recipe writes that as a
// server's configuration. What the browsers themselves print is in package
// console; [ExplainLine] explains one of their messages.
//
// # Terminology
//
// A cause is something that may be behind a failure, such as a framework without
// CORS support. A repair is a set of changes to headers and statuses of responses.
// An obstacle is why no such change helps.
//
// # Specification
//
// None: the sentences are ours, the steps that they name the Fetch Standard's.
package explain
