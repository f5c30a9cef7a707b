package php

import "strings"

// startBuffer is ob_start().
func (r *run) startBuffer() {
	if len(r.buffers) > 100 {
		panic(stops{r.unknownError(pos{}, "what more than 100 output buffers hold", "")})
	}
	r.buffers = append(r.buffers, new(strings.Builder))
}

// buffered returns what the innermost buffer holds.
func (r *run) buffered() value {
	if len(r.buffers) == 0 {
		return false
	}
	return r.buffers[len(r.buffers)-1].String()
}

// endBuffer drops the innermost buffer.
func (r *run) endBuffer() bool {
	if len(r.buffers) == 0 {
		return false
	}
	r.buffers = r.buffers[:len(r.buffers)-1]
	return true
}

// flushBuffer writes the innermost buffer to the next one.
func (r *run) flushBuffer(at pos) bool {
	v := r.buffered()
	if !r.endBuffer() {
		return false
	}
	r.write(at, v)
	return true
}
