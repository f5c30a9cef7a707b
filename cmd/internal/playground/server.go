package playground

import (
	"io"
	"net/http"
	"strings"

	"github.com/corsim/corsim/cmd/internal/jsonask"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/docs/play"
)

// maxQuestion is the largest number of bytes of a question.
const maxQuestion = 8 << 20

// contentPolicy lets the page load its own files only, and call the servers of "Try it".
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' http://127.0.0.1:*; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Server serves the page on one address, and answers its questions.
type Server struct {
	address string
	asker   *jsonask.Asker
	mux     *http.ServeMux
	trial   trial
}

// New returns the server of the page. The address is that of its listener.
func New(address string, asker *jsonask.Asker) *Server {
	s := &Server{address: address, asker: asker, mux: http.NewServeMux()}
	s.mux.Handle("GET /", http.FileServerFS(play.Files))
	s.mux.HandleFunc("GET /{$}", constant("text/html; charset=utf-8", page(serverOffer, "")))
	s.mux.HandleFunc("GET /"+examplesFile, constant("application/jsonl", conformance.Examples()))
	s.mux.HandleFunc("POST /ask", s.ask)
	s.mux.HandleFunc("POST /try/open", answered(s.trial.open))
	s.mux.HandleFunc("POST /try/play", answered(s.trial.play))
	s.mux.HandleFunc("POST /try/requests", answered(s.trial.requests))
	return s
}

// Close ends the server of the last trial.
func (s *Server) Close() error { return s.trial.Close() }

// ServeHTTP serves the page to programs on this machine.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, port, _ := strings.Cut(s.address[strings.LastIndex(s.address, ":"):], ":")
	if r.Host != s.address && r.Host != "localhost:"+port {
		http.Error(w, "this server answers requests to "+s.address+" only", http.StatusMisdirectedRequest)
		return
	}
	from := r.Header.Get("Origin")
	if r.Method != http.MethodGet && r.Method != http.MethodHead &&
		(from != "" && from != "http://"+r.Host || r.Header.Get("Content-Type") != "application/json") {
		http.Error(w, "this server answers its own page only", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Security-Policy", contentPolicy)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-cache")
	s.mux.ServeHTTP(w, r)
}

// ask answers a question of the page.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(s.asker.Ask(r.Context(), string(text)))
}

// constant answers with the same bytes each time.
func constant(kind string, data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Write(data)
	}
}
