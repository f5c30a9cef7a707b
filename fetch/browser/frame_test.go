package browser

import (
	"context"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

// A frame's document is an environment of its own, and script in it that is not run is
// said to be not followed.
func TestFrame(t *testing.T) {
	answer := &fetch.WireResponse{Status: 200, Header: fetch.HeaderList{{Name: "Content-Type", Value: "text/html"}}, Body: "<script>fetch('/x')</script>"}
	server := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) { return answer, nil })
	page, err := New(Spec()).Open("https://myapp.test/", WithTransport(server))
	assert.NilError(t, err)
	for _, test := range []struct {
		name     string
		init     FrameInit
		outcome  Outcome
		origin   string
		followed int
	}{
		{"same-origin", FrameInit{URL: "/f"}, Shared, "https://myapp.test", 1},
		{"cross-origin", FrameInit{URL: "https://api.test/f"}, Opaque, "https://api.test", 1},
		{"sandboxed", FrameInit{URL: "/f", HasSandbox: true, Sandbox: "allow-scripts"}, Opaque, "null", 1},
		{"without-script", FrameInit{URL: "/f", HasSandbox: true}, Opaque, "null", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			r, err := page.Frame(t.Context(), test.init)
			assert.NilError(t, err)
			assert.Equal(t, r.Outcome, test.outcome)
			assert.Equal(t, r.Frame().Document().Origin().String(), test.origin)
			assert.Equal(t, len(r.NotFollowed()), test.followed)
			assert.Equal(t, r.Frame().ScriptsBlocked, test.followed == 0)
		})
	}
}
