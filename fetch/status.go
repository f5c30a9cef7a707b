package fetch

import "slices"

// IsNullBodyStatus reports whether responses with a status have no body.
// https://fetch.spec.whatwg.org/#null-body-status
func IsNullBodyStatus(status int) bool {
	return slices.Contains([]int{101, 103, 204, 205, 304}, status)
}

// IsOKStatus reports whether a status is in the range 200 to 299.
// https://fetch.spec.whatwg.org/#ok-status
func IsOKStatus(status int) bool { return 200 <= status && status <= 299 }

// IsRangeStatus reports whether a status is that of a response to a request for
// a range.
// https://fetch.spec.whatwg.org/#range-status
func IsRangeStatus(status int) bool { return status == 206 || status == 416 }

// IsRedirectStatus reports whether a status is a redirect status. 300 and 304
// are not.
// https://fetch.spec.whatwg.org/#redirect-status
func IsRedirectStatus(status int) bool {
	return slices.Contains([]int{301, 302, 303, 307, 308}, status)
}
