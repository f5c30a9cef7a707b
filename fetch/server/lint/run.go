package lint

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/origin"
)

// Run applies all rules to a subject.
//
// The error says that the subject is not valid, or why the run could not continue;
// the report then has what was found until then.
func Run(ctx context.Context, s Subject) (*Report, error) {
	out := &Report{}
	subject, err := s.complete()
	if err != nil {
		return out, err
	}
	subject = subject.behindTLS(ctx)
	var probers []*prober
	for _, text := range subject.URLs {
		u, err := origin.ParseURL(text)
		if err != nil {
			return out, err
		}
		p := newProber(ctx, subject, u.WithoutFragment())
		probers = append(probers, p)
		if err := p.start(); err != nil {
			return out, err
		}
	}
	if err := chooseTrusted(probers); err != nil {
		return out, err
	}
	for _, p := range probers {
		err := p.run()
		out.add(p)
		if err != nil {
			return out, err
		}
	}
	out.Incomplete = incomplete(probers)
	return out, nil
}

// chooseTrusted visits the URLs from the origin that should be allowed. If none is
// named, it is the candidate that reads at the most URLs, or one that the first
// response names.
func chooseTrusted(probers []*prober) error {
	s := probers[0].Subject
	trusted, isGuessed := s.Origin, s.Origin == ""
	if isGuessed {
		var err error
		if trusted, err = bestCandidate(probers); err != nil {
			return err
		}
	}
	for _, p := range probers {
		from := trusted
		if from == "" {
			from = p.namedOrigin()
		}
		if from == "" {
			if p.isGuessed = true; p.floor > readsNothing || p.isWritten(p.stranger.from) {
				p.trusted = p.stranger // every page is meant
			}
			continue
		}
		var err error
		if p.trusted, err = p.visit(from); err != nil {
			return err
		}
		p.isGuessed = isGuessed
	}
	reads := slices.ContainsFunc(probers, func(p *prober) bool { return p.trusted != nil && p.trusted.level() != readsNothing })
	for _, p := range probers {
		p.readsElsewhere = reads
	}
	return nil
}

// bestCandidate returns the candidate that reads more than a stranger at the most
// URLs; else the first that the model's facts name; else "".
func bestCandidate(probers []*prober) (string, error) {
	best, most := "", 0
	for _, o := range probers[0].candidates() {
		reads := 0
		for _, p := range probers {
			v, err := p.visit(o)
			if err != nil {
				return "", err
			}
			if v.level() > p.floor {
				reads++
			}
		}
		if reads > most || best == "" && slices.Contains(originsOf(probers[0].Model), o) {
			best, most = o, reads
		}
	}
	return best, nil
}

// run applies all rules to one URL.
func (p *prober) run() error {
	for _, r := range Rules() {
		p.rule = r
		if err := r.run(p); err != nil {
			return err
		}
	}
	for i := range p.findings {
		p.locate(&p.findings[i])
	}
	return nil
}

// add adds what one URL gave.
func (r *Report) add(p *prober) {
	for _, f := range p.findings {
		same := func(other Finding) bool {
			return other.Rule == f.Rule && (other.Text == f.Text || f.Position.Line > 0 && other.Position == f.Position)
		}
		if !slices.ContainsFunc(r.Findings, same) {
			r.Findings = append(r.Findings, f)
		}
	}
	slices.SortStableFunc(r.Findings, func(x, y Finding) int { return cmp.Compare(y.Severity, x.Severity) })
	r.Questions += len(p.attempts)
	r.Sent += p.wire.sent
	if p.trusted != nil && p.trusted != p.stranger && r.Origin == "" {
		r.Origin, r.Need = p.trusted.from, p.need()
	}
}

// locate gives a finding the position of the statement that decided the header
// which the finding is about.
func (p *prober) locate(f *Finding) {
	if f.Evidence != nil && f.Position.Line == 0 {
		f.Position = p.decidedAt(&f.Evidence.Request)
	}
}

// decidedAt returns the position of the statement that decided
// Access-Control-Allow-Origin of a response, or that took effect last; zero without a
// model.
func (p *prober) decidedAt(req *fetch.WireRequest) server.Position {
	if p.Model == nil {
		return server.Position{}
	}
	a, err := p.Model.Answer(p.ctx, server.RequestFromWire(req))
	if err != nil || len(a.Decided) == 0 {
		return server.Position{}
	}
	for _, d := range slices.Backward(a.Decided) {
		if fetch.EqualFold(d.Header, fetch.HeaderAllowOrigin) {
			return d.Position
		}
	}
	return a.Decided[len(a.Decided)-1].Position
}

// incomplete says what the runs over some URLs could not learn. The resource counts
// as reached when one URL gave an answer that is not an error.
func incomplete(probers []*prober) []string {
	var out []string
	nothing := unreached(probers)
	if nothing != "" {
		out = append(out, nothing)
	}
	seen := make(map[string]bool)
	for _, p := range probers {
		for _, u := range p.wire.unknowns {
			if text := u.Error(); !seen[text] {
				seen[text] = true
				out = append(out, text)
			}
		}
		if len(p.unheard) > 0 && len(p.wire.unknowns) == 0 && nothing == "" && !p.isUnheard(p.stranger.without) {
			rules := slices.Sorted(maps.Keys(p.unheard))
			out = append(out, fmt.Sprintf("%s: some requests got no usable answer (%s), so these rules could not be tried in full: %s",
				p.url, p.wire.problems(), strings.Join(rules, ", ")))
		}
	}
	return out
}

// unreached says that no URL gave an answer that is not an error; "" when one did.
func unreached(probers []*prober) string {
	var all []string
	for _, p := range probers {
		for _, e := range p.attempts {
			for _, x := range e.exchanges() {
				if x.Response != nil && x.Request.Method != "OPTIONS" && x.Response.Status < 400 {
					return ""
				}
			}
		}
		if isModelled(p) || len(p.wire.unknowns) > 0 {
			return ""
		}
		all = append(all, fmt.Sprintf("%s: the resource was not reached: every request got an error (%s); what is behind it was not seen", p.url, p.wire.problems()))
	}
	return strings.Join(all, "; ")
}

// isModelled reports whether the answers come from a model that has answered: a
// model has what its configuration says, and no more can be reached.
func isModelled(p *prober) bool { return p.Model != nil && len(p.wire.statuses) > 0 }

// problems names what went wrong with requests and how often.
func (c *counter) problems() string {
	var out []string
	for _, status := range slices.Sorted(maps.Keys(c.statuses)) {
		if status >= 400 {
			out = append(out, fmt.Sprintf("status %d: %d of %d", status, c.statuses[status], c.sent))
		}
	}
	for _, text := range slices.Sorted(maps.Keys(c.failed)) {
		out = append(out, fmt.Sprintf("%s: %d of %d", text, c.failed[text], c.sent))
	}
	return strings.Join(out, ", ")
}
