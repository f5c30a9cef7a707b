// Package policy parses a document's policies from its response headers and
// checks requests and responses against them.
//
// # Terminology
//
// The policies of a document are its policy container, [fetch.PolicyContainer];
// [Parse] creates it. [Referrer] and [MixedContent] check policies; their fields
// are what browsers do in their own way, and their zero values follow the
// standards. [fetch.CORPCheck] checks the embedder policy.
//
// # Specification
//
//   - Content Security Policy, https://w3c.github.io/webappsec-csp/
//   - HTML, https://html.spec.whatwg.org/#policy-containers and
//     https://html.spec.whatwg.org/#coep
//   - Referrer Policy, https://w3c.github.io/webappsec-referrer-policy/
//   - Mixed Content, https://w3c.github.io/webappsec-mixed-content/
//   - Secure Contexts, https://w3c.github.io/webappsec-secure-contexts/
//   - Structured Fields, https://www.rfc-editor.org/rfc/rfc9651
//
// Document policy, integrity policy and the features of a permissions policy that are
// not about local networks are not modelled; [Parse] says which of them a response has.
package policy
