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
// Not modelled: document policy and integrity policy. [Parse] names those that a response
// has. Of a permissions policy, only the features that decide about requests have an effect:
// those about local networks, and sync-xhr.
package policy
