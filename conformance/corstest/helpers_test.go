package corstest_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// logOf returns a handler that logs the requests that it gets.
func logOf(h http.HandlerFunc) (http.HandlerFunc, func() []string) {
	var mu sync.Mutex
	var lines []string
	logged := func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		lines = append(lines, strings.TrimSpace(fmt.Sprint(r.Method, " ", r.Host, r.URL, " ", r.Header.Get("Origin"), " ", r.Header.Get("Cookie"))))
		mu.Unlock()
		h(w, r)
	}
	return logged, func() []string {
		mu.Lock()
		defer mu.Unlock()
		out := lines
		lines = nil
		return out
	}
}
