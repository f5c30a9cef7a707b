package caddy

import (
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// subjects are the facts that header lines state.
var subjects = map[string]server.Subject{
	"access-control-allow-origin": server.SubjectOrigins, "access-control-allow-methods": server.SubjectMethods,
	"access-control-allow-headers": server.SubjectHeaders, "access-control-expose-headers": server.SubjectExposed,
	"access-control-allow-credentials": server.SubjectCredentials, "access-control-max-age": server.SubjectMaxAge,
}

// fact notes what a header directive says about CORS.
func (b *builder) fact(o *headerOps, m *matcher) {
	where := ""
	if m != nil {
		where = m.path
		if where == "" {
			where = "requests that a matcher selects"
		}
	}
	for _, list := range [][][2]string{o.add, o.set} {
		for _, s := range list {
			if subject, ok := subjects[fetch.ByteLowercase(s[0])]; ok {
				b.model.Policy = append(b.model.Policy, server.Fact{Position: o.pos, Subject: subject, Where: where, Value: s[1]})
			}
		}
	}
}
