package capture

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// localNetworkError is the part of Chromium's error that says that local network access
// stopped a request.
const localNetworkError = "ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS"

// addresses returns the IP addresses of hosts that the entries name.
func (h *HAR) addresses() policy.Addresses {
	out := make(policy.Addresses)
	for i := range h.Entries {
		if e := &h.Entries[i]; !e.Address.IsZero() {
			out[e.Request.URL.Host()] = e.Address
		}
	}
	return out
}

// addressOf is the resolver of the judging browser. A request that got a response was let
// through, whatever its address, and one whose connection failed would have failed so
// anyway: there is nothing to check.
func (j *harJudge) addressOf(u origin.URL) origin.Address {
	if j.at == nil || j.at.Response != nil || isNetError(j.at.Error) && !strings.Contains(j.at.Error, localNetworkError) {
		return origin.Address{}
	}
	if address := j.addresses.Of(u); !address.IsZero() {
		return address
	}
	return policy.LikelyAddress(u)
}

// refuse makes the call again with a user who allows nothing, where the file says that
// local network access stopped it.
func (v *HARVerdict) refuse(ctx context.Context) error {
	refused := policy.Permissions{}.Answered(policy.PermissionDenied)
	r, err := v.Result.Replay(ctx, v.Result.Profile, v.Result.Trace.Transport(), browser.WithPermissions(refused))
	if err == nil && r.Failure != nil && r.Failure.Reason.IsLocalNetwork() {
		v.Result, v.Unanswered = r, nil
	}
	return err
}
