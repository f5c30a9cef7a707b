package corstest

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
)

// Severity says how bad a [Finding] is.
type Severity uint8

// The severities, in ascending order.
const (
	// SeverityInfo: good to know; nothing is wrong with it.
	SeverityInfo Severity = iota
	// SeverityLow: harmless today, but one change away from harm.
	SeverityLow
	// SeverityMedium: a page that ought to read cannot, or one that ought not to
	// can under conditions.
	SeverityMedium
	// SeverityHigh: any site can read what is meant for one user, or nothing of
	// a kind of request works at all.
	SeverityHigh
)

// String returns the severity in lower case.
func (s Severity) String() string {
	return [...]string{"info", "low", "medium", "high"}[s]
}

// MarshalText returns the severity's word, for JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// FindingCode is a stable code for what an audit finds.
type FindingCode string

// What pages can read that ought not to.
const (
	FindingAnyOrigin      FindingCode = "any-origin"
	FindingNullOrigin     FindingCode = "null-origin"
	FindingSuffix         FindingCode = "suffix-lookalike"
	FindingPrefix         FindingCode = "prefix-lookalike"
	FindingDot            FindingCode = "unescaped-dot"
	FindingSubdomain      FindingCode = "any-subdomain"
	FindingPort           FindingCode = "any-port"
	FindingInsecureOrigin FindingCode = "insecure-origin"
	FindingThirdParty     FindingCode = "third-party"
	FindingLocalhost      FindingCode = "localhost"
)

// What is wrong with the headers, or keeps pages from working.
const (
	FindingWildcardCredentials FindingCode = "wildcard-with-credentials"
	FindingMultipleOrigins     FindingCode = "multiple-allow-origin"
	FindingNeverMatches        FindingCode = "never-matches"
	FindingVaryMissing         FindingCode = "vary-missing"
	FindingErrorsWithout       FindingCode = "errors-without-cors"
	FindingOriginBlocked       FindingCode = "origin-blocked"
	FindingPreflightRedirect   FindingCode = "preflight-redirected"
	FindingPreflightAuth       FindingCode = "authentication-before-preflight"
	FindingPreflightFails      FindingCode = "preflight-fails"
)

// Finding is one thing that an audit found.
type Finding struct {
	Code     FindingCode
	Severity Severity
	// Text says what is wrong and what to do, in whole sentences.
	Text string
	// Origin is the page's origin that shows it; "" where no page asked.
	Origin string
	// SharedIn holds the engines that would share the evidence with a page at
	// Origin, by name; empty when none would.
	SharedIn []string
	// Credentials reports whether the evidence was asked for with credentials.
	Credentials bool
	// Evidence is the exchange that shows it.
	Evidence browser.Exchange
}

// String describes the finding with its evidence over several lines.
func (f Finding) String() string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s: %s: %s\n", f.Severity, f.Code, f.Text)
	if f.Origin != "" {
		fmt.Fprintf(&w, "  %s\n", f.reach())
	}
	fmt.Fprintf(&w, "  > %s\n", wireLine(&f.Evidence))
	printHeaders(&w, f.Evidence.Request.Header)
	if resp := f.Evidence.Response; resp != nil {
		fmt.Fprintf(&w, "  < %d\n", resp.Status)
		printHeaders(&w, resp.Header)
	} else {
		w.WriteString("  < no answer\n")
	}
	return strings.TrimRight(w.String(), "\n")
}

// reach says what browsers make of the evidence.
func (f Finding) reach() string {
	how := "without credentials"
	if f.Credentials {
		how = "with credentials"
	}
	if len(f.SharedIn) == 0 {
		return fmt.Sprintf("no browser shares this with a page at %s that asks %s", f.Origin, how)
	}
	return fmt.Sprintf("shared with a page at %s that asks %s, in %s", f.Origin, how, strings.Join(f.SharedIn, ", "))
}
