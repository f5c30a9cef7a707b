package origin

import "golang.org/x/net/idna"

var idnaProfile = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.CheckHyphens(false),
	idna.StrictDomainName(false), idna.VerifyDNSLength(false), idna.Transitional(false))

func appendToASCII(out []byte, domain string) ([]byte, bool) {
	s, err := idnaProfile.ToASCII(domain)
	return append(out, s...), err == nil
}
