// Package wire plays the server of a scenario over real sockets, for real clients
// such as browsers, and logs each request as it arrived.
//
//	authority, err := wire.NewAuthority()
//	server := wire.NewServer(wire.Options{Authority: authority})
//	listener, err := net.Listen("tcp", "127.0.0.1:0")
//	go server.Serve(listener)
//
//	server.Play(story.Server)        // the rules of a scenario; the log is empty
//	…                                // the client makes the first step
//	server.WaitQuiet(ctx, 50*time.Millisecond)
//	for _, r := range server.Take() { // the requests of the first step, in order
//		step.Wire = append(step.Wire, r.Observation(story.Steps[0]))
//	}
//
// One server has any number of listeners. Each accepts clear HTTP/1.1 and, with an
// authority, TLS; the first byte decides. So a URL of any port and scheme can lead to one listener, and
// the URL of a request is that of its scheme and of its Host header. A client has three ways to
// reach the server:
//
//   - the names of the scenario resolve to the address of the listener, and the ports are the
//     listener's (the recorder of browsers does so in a network namespace of its own);
//   - the client maps each host and port to the listener (--host-resolver-rules of Chromium, --connect-to
//     of curl, the lookup function of Node);
//   - the listener is the client's HTTP proxy: requests with a whole URL and CONNECT are understood.
//
// The server answers as the form of scenarios says: the first rule that matches, its
// headers byte for byte and in order, Content-Length, and no other header. The
// connection is closed after each answer, and without an answer when no rule matches.
// Status 101 answers a WebSocket handshake; the server closes the WebSocket with code 1000 after
// the client's first frame.
//
// # Terminology
//
//   - log: the requests that arrived since the last [Server.Take] or [Server.Play].
//   - authority: the certificate authority of a server, made for it and known to nobody else.
//
// # Specification
//
// Messages are those of RFC 9112. The server reads what browsers send; it is not meant for hostile clients.
package wire
