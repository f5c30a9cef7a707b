package corstest

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/report"
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
	// SeverityHigh: any site can read what is meant for one user.
	SeverityHigh
)

var severities = enum.New[Severity]("severity", "info", "low", "medium", "high")

// String returns the severity's word, such as "high".
func (s Severity) String() string { return severities.Word(s) }

// ParseSeverity returns the severity of a word. The error for an unknown word
// lists the known ones.
func ParseSeverity(word string) (Severity, error) { return severities.Parse(word) }

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
	// FindingOpenPreflight: pages cannot read, but have the server act.
	FindingOpenPreflight FindingCode = "open-preflight"
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

// findingKinds is what each code stands for.
var findingKinds = []struct {
	code    FindingCode
	summary string
}{
	{FindingAnyOrigin, "Every site can read the answer."},
	{FindingNullOrigin, "Pages with the origin null, which every site can have, can read the answer."},
	{FindingSuffix, "An origin that ends like the right one can read the answer."},
	{FindingPrefix, "An origin that begins like the right one can read the answer."},
	{FindingDot, "An origin with another character in the place of a dot can read the answer."},
	{FindingSubdomain, "Any subdomain can read the answer."},
	{FindingPort, "Any port of the right host can read the answer."},
	{FindingInsecureOrigin, "The right origin over http can read the answer."},
	{FindingThirdParty, "Sites of hosts where everyone can put pages can read the answer."},
	{FindingLocalhost, "Whatever runs on a user's own computer can read the answer."},
	{FindingOpenPreflight, "Every site can have a browser send what needs a preflight, with the user's cookies."},
	{FindingWildcardCredentials, "An asterisk with Access-Control-Allow-Credentials, which browsers do not accept."},
	{FindingMultipleOrigins, "More than one value of Access-Control-Allow-Origin, which no browser accepts."},
	{FindingNeverMatches, "An Access-Control-Allow-Origin that no page's origin can be equal to."},
	{FindingVaryMissing, "An answer that depends on the origin without Vary: Origin."},
	{FindingErrorsWithout, "Errors without the headers of CORS."},
	{FindingOriginBlocked, "The page that is meant to be allowed cannot read the answer."},
	{FindingPreflightRedirect, "Preflights are redirected, which browsers do not follow."},
	{FindingPreflightAuth, "Preflights are asked to authenticate, which browsers cannot."},
	{FindingPreflightFails, "A preflight does not pass."},
}

// FindingCodes returns all codes, in the order of their constants.
func FindingCodes() []FindingCode {
	var codes []FindingCode
	for _, k := range findingKinds {
		codes = append(codes, k.code)
	}
	return codes
}

// Summary says in one sentence what the code stands for; "" where it is none.
func (c FindingCode) Summary() string {
	for _, k := range findingKinds {
		if k.code == c {
			return k.summary
		}
	}
	return ""
}

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
	// CookiesIn holds those of them that send the user's cookies along.
	CookiesIn []string
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
	report.WriteExchange(&w, report.Style{}, &f.Evidence)
	return strings.TrimRight(w.String(), "\n")
}

// reach says what browsers make of the evidence.
func (f Finding) reach() string {
	if !f.Credentials {
		return f.sharedBy("without credentials", "")
	}
	return f.sharedBy("with credentials", f.cookieWords())
}

func (f Finding) sharedBy(how, more string) string {
	if len(f.SharedIn) == 0 {
		return fmt.Sprintf("no browser shares this with a page at %s that asks %s", f.Origin, how)
	}
	return fmt.Sprintf("shared with a page at %s that asks %s, in %s%s", f.Origin, how, strings.Join(f.SharedIn, ", "), more)
}

// cookieWords says where the user's cookies go along.
func (f Finding) cookieWords() string {
	switch {
	case len(f.CookiesIn) == 0:
		return "; without the user's cookies"
	case len(f.CookiesIn) < len(f.SharedIn):
		return "; with the user's cookies in " + strings.Join(f.CookiesIn, ", ")
	}
	return "; with the user's cookies"
}
