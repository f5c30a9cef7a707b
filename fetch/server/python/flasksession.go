package python

import "github.com/corsim/corsim/fetch/server"

// flaskSession is the session of one request. Without SECRET_KEY it can be read
// only.
type flaskSession struct {
	*dict
	used bool
	at   server.Position
}

// flaskSessions is flask.session: the session of the current request.
type flaskSessions struct{ h *flaskHost }

func (s *flaskSessions) typeName() string { return "SecureCookieSession" }

// use returns the session and notes that it is used.
func (s *flaskSessions) use(in *interp) *flaskSession {
	if s.h.current == nil {
		return &flaskSession{dict: newDict()}
	}
	c := s.h.current.session
	if !c.used {
		c.used, c.at = true, in.here()
	}
	return c
}

// peek returns the session without noting that it is used, as "in" and loops do.
func (s *flaskSessions) peek() *flaskSession {
	if s.h.current == nil {
		return &flaskSession{dict: newDict()}
	}
	return s.h.current.session
}

// writable returns the error for writing without a key.
func (s *flaskSessions) writable(in *interp) error {
	if s.h.current == nil || isTrue(s.h.current.app.config.str("SECRET_KEY")) {
		return nil
	}
	return in.raise(in.here(), "RuntimeError", "The session is unavailable because no secret key was set.")
}

func (s *flaskSessions) attr(in *interp, name string) (value, error) {
	switch name {
	case "permanent", "modified", "new", "accessed":
		return false, nil
	}
	if name != "get" && !mutates[name] {
		return method(s.peek().dict, name), nil
	}
	m := method(s.use(in).dict, name)
	if m == nil || !mutates[name] {
		return m, nil
	}
	return m, s.writable(in)
}

func (s *flaskSessions) setAttr(in *interp, _ string, _ value) error { return s.writable(in) }

func (s *flaskSessions) getItem(in *interp, k value) (value, error) {
	if v, ok := s.use(in).dict.get(k); ok {
		return v, nil
	}
	return nil, in.keyError(in.here(), k)
}

func (s *flaskSessions) setItem(in *interp, k, v value) error {
	s.use(in).put(k, v)
	return s.writable(in)
}

func (s *flaskSessions) delItem(in *interp, k value) error {
	s.use(in).dict.remove(k)
	return s.writable(in)
}

func (s *flaskSessions) contains(_ *interp, k value) (bool, error) {
	_, ok := s.peek().dict.get(k)
	return ok, nil
}

func (s *flaskSessions) iterate(*interp) ([]value, error) { return s.peek().keys, nil }
