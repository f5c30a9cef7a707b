// Package jsonask answers questions that are JSON objects, for callers that are not Go
// programs: the page, the npm package and the server of the page.
//
// # Terminology
//
// A question is one JSON object. Its member "ask" names the kind of question, and the
// other members are its parts. An answer is one JSON object, too.
//
//   - {"ask":"run","engine":E,"scenario":S} plays a scenario. The answer is the
//     observation.
//   - {"ask":"judge","engines":[E],"scenario":S,"server":W} plays a scenario in several
//     browsers. The answer has "stories", a [report.StoryDocument] for each browser.
//     With the word of a server, repairs are also configurations of that server.
//   - {"ask":"explain","text":T,"server":W} explains a reason, a code or a message. The
//     answer has "explanations".
//   - {"ask":"repair","engine":E,"scenario":S} plays a scenario. The answer has the
//     "server" of the scenario after the smallest repair of the first blocked step.
//   - {"ask":"copy","form":F,"scenario":S} writes a scenario in another form: "curl",
//     "go" or "vitest". The answer has a "text".
//   - {"ask":"read","text":T,"scenario":S} reads a text that was copied from elsewhere,
//     such as a command of curl. S has what the text does not say. The answer says
//     "what" it is, and has a "scenario" or, for a configuration, the "server" of one,
//     and "notes". Only programs with readers answer it.
//   - {"ask":"lists"} returns the "engines", the "servers" and the "reasons".
//   - {"ask":"open","engine":E,"scenario":S} opens the page of a scenario and keeps it.
//     The answer has its number, "page". {"ask":"close","page":N} closes it.
//   - {"ask":"start","page":N,"step":P} begins a step of an open page. The answer is a
//     state of the call: its number "call", and either the "request" that the network
//     must answer next, or the "observation" and the "story" when the call has ended.
//   - {"ask":"feed","call":N,"response":R} gives the call the response to its request.
//     {"ask":"feed","call":N,"fault":F} says that no response came. The answer is the
//     next state. {"ask":"cancel","call":N} ends the call.
//
// E is the name of an engine, S a scenario, P a step, and R a response with "status",
// "headers" and "body", all in the form of docs/format.md. T is a text and W the word
// of a server. F is the word of a [fetch.ConnectionFault].
//
// # Specification
//
// The answer to a question that is wrong has the member "error" only. No question
// makes the package panic. The same question gives the same bytes on each system.
package jsonask
