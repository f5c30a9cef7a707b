package corstest

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/enum"
	"github.com/corsim/corsim/fetch/report"
)

// Severity says how serious a [Finding] is.
type Severity uint8

// The severities, in ascending order.
const (
	// SeverityInfo: good to know; nothing is wrong.
	SeverityInfo Severity = iota
	// SeverityLow: harmless today, but one change away from harm.
	SeverityLow
	// SeverityMedium: a page that should be able to read the response cannot, or a
	// page that should not be able to read it can under certain conditions.
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

// FindingCode is the stable name of a kind of finding.
type FindingCode string

// Pages can read responses that they should not be able to read.
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
	// FindingOpenPreflight: pages cannot read the response, but the server acts on
	// their requests.
	FindingOpenPreflight FindingCode = "open-preflight"
)

// The headers are wrong, or prevent pages from working.
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

// findingKinds says what each code means.
var findingKinds = []struct {
	code    FindingCode
	summary string
}{
	{FindingAnyOrigin, "Every site can read the response."},
	{FindingNullOrigin, "Pages with the origin null can read the response, and every site can make such a page."},
	{FindingSuffix, "An origin that ends like the allowed one can read the response."},
	{FindingPrefix, "An origin that begins like the allowed one can read the response."},
	{FindingDot, "An origin with another character instead of a dot can read the response."},
	{FindingSubdomain, "Every subdomain can read the response."},
	{FindingPort, "Every port of the allowed host can read the response."},
	{FindingInsecureOrigin, "The allowed origin with http instead of https can read the response."},
	{FindingThirdParty, "Sites on public hosting services, where everybody can publish pages, can read the response."},
	{FindingLocalhost, "Every program that runs a page on the user's own computer can read the response."},
	{FindingOpenPreflight, "Every site can make the browser send preflighted requests with the user's cookies."},
	{FindingWildcardCredentials, "The response has an asterisk together with Access-Control-Allow-Credentials, which browsers do not accept."},
	{FindingMultipleOrigins, "More than one value of Access-Control-Allow-Origin, which no browser accepts."},
	{FindingNeverMatches, "The value of Access-Control-Allow-Origin cannot be equal to the origin of any page."},
	{FindingVaryMissing, "The response depends on the origin and lacks Vary: Origin."},
	{FindingErrorsWithout, "Error responses lack the CORS headers."},
	{FindingOriginBlocked, "The page that should be allowed cannot read the response."},
	{FindingPreflightRedirect, "Preflights are redirected, and browsers do not follow such redirects."},
	{FindingPreflightAuth, "The server requires authentication for preflights, which carry none."},
	{FindingPreflightFails, "A preflight does not succeed."},
}

// FindingCodes returns all codes, in the order of their constants.
func FindingCodes() []FindingCode {
	var codes []FindingCode
	for _, k := range findingKinds {
		codes = append(codes, k.code)
	}
	return codes
}

// Summary says in one sentence what the code means; "" for an unknown code.
func (c FindingCode) Summary() string {
	for _, k := range findingKinds {
		if k.code == c {
			return k.summary
		}
	}
	return ""
}

// Finding is one result of an audit.
type Finding struct {
	Code     FindingCode
	Severity Severity
	// Text says what is wrong and what to do.
	Text string
	// Origin is the origin of the page that made the request; "" when no page made
	// it.
	Origin string
	// SharedIn holds the names of the engines that share the response with a page at
	// Origin.
	SharedIn []string
	// CookiesIn holds the names of those that also send the user's cookies.
	CookiesIn []string
	// Credentials reports whether the request was made with credentials.
	Credentials bool
	// Evidence is the exchange that shows the finding.
	Evidence browser.Exchange
}

// String returns the finding with its evidence in several lines.
func (f Finding) String() string {
	var w strings.Builder
	fmt.Fprintf(&w, "%s: %s: %s\n", f.Severity, f.Code, f.Text)
	if f.Origin != "" {
		fmt.Fprintf(&w, "  %s\n", f.reach())
	}
	report.WriteExchange(&w, report.Style{}, &f.Evidence)
	return strings.TrimRight(w.String(), "\n")
}

// reach says in which browsers the page can read the evidence.
func (f Finding) reach() string {
	if !f.Credentials {
		return f.sharedBy("without credentials", "")
	}
	return f.sharedBy("with credentials", f.cookieWords())
}

func (f Finding) sharedBy(how, more string) string {
	if len(f.SharedIn) == 0 {
		return fmt.Sprintf("no browser shares this response with a page at %s for a request %s", f.Origin, how)
	}
	return fmt.Sprintf("shared with a page at %s for a request %s, in %s%s", f.Origin, how, strings.Join(f.SharedIn, ", "), more)
}

// cookieWords says which browsers send the user's cookies.
func (f Finding) cookieWords() string {
	switch {
	case len(f.CookiesIn) == 0:
		return "; without the user's cookies"
	case len(f.CookiesIn) < len(f.SharedIn):
		return "; with the user's cookies in " + strings.Join(f.CookiesIn, ", ")
	}
	return "; with the user's cookies"
}
