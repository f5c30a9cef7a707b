package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// hostileServers holds what hostile servers do with a connection after they have
// read the request. done is closed at the end of the test.
var hostileServers = map[string]func(c net.Conn, done <-chan struct{}){
	"never-answers":  func(_ net.Conn, done <-chan struct{}) { <-done },
	"closes-early":   func(net.Conn, <-chan struct{}) {},
	"garbage":        func(c net.Conn, _ <-chan struct{}) { fmt.Fprint(c, "\x00\xffnonsense\r\n\r\n") },
	"endless-header": func(c net.Conn, _ <-chan struct{}) { writeOn(c, "HTTP/1.1 200 OK\r\n", "X: y\r\n", 1<<30) },
	"slow-header":    func(c net.Conn, done <-chan struct{}) { drip(c, "HTTP/1.1 200 OK\r\n", "X: y\r\n", done) },
	"slow-body":      func(c net.Conn, done <-chan struct{}) { drip(c, hostileHead, "x", done) },
	"invalid-chunk":  func(c net.Conn, _ <-chan struct{}) { fmt.Fprint(c, hostileChunks+"2\r\nab\r\n-1\r\nc") },
	"another-protocol": func(c net.Conn, done <-chan struct{}) {
		fmt.Fprint(c, "HTTP/1.1 101 Switching Protocols\r\nAccess-Control-Allow-Origin: *\r\n\r\n")
		<-done
	},
	"control-character": func(c net.Conn, _ <-chan struct{}) {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nX: \x7f\r\nContent-Length: 0\r\n\r\n")
	},
	// A body in the response to HEAD, on a connection that stays open.
	"body-of-HEAD": func(c net.Conn, done <-chan struct{}) {
		fmt.Fprint(c, "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nhi")
		<-done
	},
	"not-TLS":         func(c net.Conn, _ <-chan struct{}) { fmt.Fprint(c, hostileHead) },
	"100-MB":          func(c net.Conn, _ <-chan struct{}) { writeOn(c, hostileHead, "xxxxxxxx", 100<<20) },
	"body-breaks-off": func(c net.Conn, _ <-chan struct{}) { fmt.Fprint(c, hostileLong+"abc") },
	"body-stops": func(c net.Conn, done <-chan struct{}) {
		fmt.Fprint(c, hostileLong+"abc")
		<-done
	},
	"endless-redirects": func(c net.Conn, _ <-chan struct{}) {
		fmt.Fprint(c, "HTTP/1.1 302 Found\r\nAccess-Control-Allow-Origin: *\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
	},
}

const (
	hostileHead   = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n\r\n"
	hostileChunks = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nTransfer-Encoding: chunked\r\n\r\n"
	hostileLong   = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 1000\r\n\r\n"
)

// serveHostile listens on the loopback interface.
func serveHostile(serve func(net.Conn, <-chan struct{})) (address string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	done := make(chan struct{})
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_, _ = http.ReadRequest(bufio.NewReader(conn))
				serve(conn, done)
			}()
		}
	}()
	return l.Addr().String(), func() { close(done); l.Close() }, nil
}

// drip writes a byte at a time until the client has closed the connection.
func drip(c net.Conn, first, again string, done <-chan struct{}) {
	_, err := io.WriteString(c, first)
	for i := 0; err == nil; i++ {
		select {
		case <-done:
			return
		case <-time.After(time.Millisecond):
			_, err = c.Write([]byte{again[i%len(again)]})
		}
	}
}

// writeOn writes a text again and again until the client has closed the connection
// or enough is written.
func writeOn(c net.Conn, first, again string, enough int) {
	_, err := io.WriteString(c, first)
	again = strings.Repeat(again, 1000)
	for n := 0; err == nil && n < enough; n += len(again) {
		_, err = io.WriteString(c, again)
	}
}
