// Package haproxy reads configurations of HAProxy and answers requests as HAProxy
// does: the http-request rules of the frontend and the backend, what is behind,
// the http-response rules of the backend and the frontend, and the
// http-after-response rules, which also apply to HAProxy's own responses.
//
// The rules come from HAProxy's manual, version 2.6 (configuration.txt, sections 2.2
// on quoting, 4.2 on the keywords and 7 on ACLs and samples), and from a server of
// version 2.6.12.
package haproxy
