package fix

import (
	"strings"

	"github.com/corsim/corsim/fetch/server"
)

// rewrites holds for each rule what to try, the best first. A rule that is not here has
// its advice in words only.
var rewrites = map[string][]rewrite{
	"origin-reflected-credentials": {dropPolicy, compareWhole, listOrigin},
	"origin-reflected":             {listOrigin},
	"wildcard-credentials":         {listOrigin},
	"policy-reopened":              {dropPolicy, listOrigin},
	"policy-overlap":               {dropPolicy},
	"null-origin-credentials":      {removeOrigin("null"), dropLiteral, dropEntry, listOrigin},
	"null-origin":                  {removeOrigin("null"), dropLiteral, dropEntry, listOrigin},

	"origin-prefix-match":      {tightenPattern, compareWhole, listOrigin},
	"origin-suffix-match":      {tightenPattern, compareWhole, listOrigin},
	"origin-substring-match":   {tightenPattern, compareWhole, listOrigin},
	"origin-unescaped-dot":     {tightenPattern, listOrigin},
	"origin-special-character": {tightenPattern, compareWhole, listOrigin},
	"origin-other-tld":         {tightenPattern, listOrigin},
	"public-suffix-wildcard":   {removeOrigin(), dropLiteral, dropEntry, listOrigin},
	"insecure-origin":          {removeOrigin(), dropLiteral, dropEntry, onlySecure, tightenPattern, compareWhole, listOrigin},
	"any-port":                 {tightenPattern, listOrigin},
	"third-party-origin":       {removeOrigin(), dropLiteral, dropEntry},
	"localhost-in-production":  {removeOrigin(), dropLiteral, dropEntry},

	"allow-origin-duplicate": {substitute(sentOnce), dropRepeated},
	"apache-both-tables":     {substitute(sentOnce), dropRepeated},
	"origin-never-matches":   {canonicalOrigin, listOrigin},
	"origin-missing":         {listOrigin, addOrigin},
	"origin-blocked":         {addOrigin, listOrigin, substitute(alwaysSent)},

	"vary-missing":             {addVary},
	"vary-missing-when-denied": {addVary},
	"error-without-cors":       {substitute(alwaysSent)},
	"nginx-not-always":         {substitute(alwaysSent)},
	"apache-onsuccess-only":    {substitute(alwaysSent)},
	"apache-rewrite-document":  {substitute(alwaysSent)},
	"denied-origin-errors":     {substitute(deniedQuietly)},

	"nginx-inheritance-lost": {repeatOuter},
	"nginx-if-replaces":      {repeatOuter},
	"preflight-headers-lost": {repeatOuter, substitute(alwaysSent)},
	"preflight-only":         {moveFirst},
	"preflight-needs-login":  {moveFirst, substitute(acceptedStatus)},
	"preflight-redirected":   {moveFirst},
	"middleware-order":       {moveFirst},
	"preflight-unhandled":    {answerPreflights, moveFirst},
	"preflight-bad-status": {
		substitute(acceptedStatus), addTo(server.SubjectMethods, usualMethods, missingMethod), addTo(server.SubjectHeaders, usualHeaders, missingHeader), moveFirst,
	},

	"option-unknown":       {renameOption},
	"option-ignored":       {enableAnnotations},
	"env-spaces":           {substitute(trimmedItems)},
	"output-before-header": {beginWithTag},
	"debug-mode-bare":      {substitute(noDebugger)},

	"method-not-allowed-by-policy": {mapValues(server.SubjectMethods, strings.ToUpper), addTo(server.SubjectMethods, usualMethods, missingMethod)},
	"request-header-missing":       {addTo(server.SubjectHeaders, usualHeaders, missingHeader)},
	"star-list-with-credentials":   {nameInstead},
	"header-star-authorization":    {nameAuthorization},
	"method-lowercase":             {mapValues(server.SubjectMethods, strings.ToUpper)},
	"method-invalid":               {mapValues(server.SubjectMethods, commas)},
	"header-invalid":               {mapValues(server.SubjectHeaders, commas)},
	"method-forbidden":             {removeNamed(server.SubjectMethods)},
	"header-prohibited":            {removeNamed(server.SubjectHeaders), removeNamed(server.SubjectExposed)},
	"max-age-out-of-bounds":        {mapValues(server.SubjectMaxAge, boundMaxAge)},
}
