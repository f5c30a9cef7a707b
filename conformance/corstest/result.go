package corstest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
)

// Result holds the results of one call, one for each engine, in the order in which
// [Engines] lists them.
type Result struct {
	Engines []*browser.Result
	// configuration says what decided, for a server of [Config].
	configuration *report.Configuration
}

// In returns the result in the engine with this name; nil when the call was not
// made there.
func (r *Result) In(engine string) *browser.Result {
	for _, e := range r.Engines {
		if e.Profile.Name() == engine {
			return e
		}
	}
	return nil
}

// Agree reports whether all engines have the same outcome and the same reason, and
// sent the same requests to the same URLs.
func (r *Result) Agree() bool {
	for _, e := range r.Engines[1:] {
		if report.Shape(e) != report.Shape(r.Engines[0]) {
			return false
		}
	}
	return true
}

// Expect checks that the result meets all expectations in every engine; there must
// be at least one. The error says which are not met, and what helps to fix the
// server: what was sent and received, the reason with its step in the standard, the
// messages on the browsers' consoles, and the smallest repair.
//
// The error works as a comparison of gotest.tools. Both of these are possible:
//
//	assert.Assert(t, res.Expect(corstest.Shared()))
//	corstest.Check(t, res, corstest.Shared())
func (r *Result) Expect(expectations ...Expectation) error {
	var m *mismatch
	if len(expectations) == 0 {
		return errNothingExpected
	}
	for _, want := range expectations {
		for i, engine := range r.Engines {
			got := want.unmetBy(engine)
			if want.engine != "" && r.In(want.engine) == nil {
				got = "the call was not made in " + want.engine
			}
			if got == "" {
				continue
			}
			if m == nil {
				m = &mismatch{result: r, failed: make([]bool, len(r.Engines))}
			}
			m.failed[i] = true
			m.unmet = append(m.unmet, unmet{want.text, engine.Profile.Name(), got})
			if len(m.repair.Lines()) == 0 {
				m.repair = want.repairOf(r, engine)
			}
		}
	}
	if m == nil {
		return nil
	}
	return m
}

// errNothingExpected is the error of [Result.Expect] without expectations, which
// any server would meet.
var errNothingExpected = errors.New("Expect needs an Expectation, such as Shared()")

// Repair returns the smallest change to the server after which all engines of the
// result share the response. It is zero when no engine blocks the request.
func (r *Result) Repair(ctx context.Context) (explain.Repair, error) {
	var profiles []*browser.Profile
	var failed *browser.Result
	for _, e := range r.Engines {
		profiles = append(profiles, e.Profile)
		if failed == nil && e.Failure != nil {
			failed = e
		}
	}
	if failed == nil {
		return explain.Repair{}, nil
	}
	return explain.Repairs(ctx, failed, profiles...)
}

// Check reports the expectations that a result does not meet as an error of the
// test. The test continues.
func Check(tb TB, r *Result, expectations ...Expectation) {
	tb.Helper()
	if err := r.Expect(expectations...); err != nil {
		tb.Errorf("%v", err)
	}
}

// mismatch is a result that is not as expected.
type mismatch struct {
	result *Result
	unmet  []unmet
	failed []bool // by engine
	// repair is the repair for the first unmet expectation that has one.
	repair explain.Repair
}

// unmet is one expectation that one engine does not meet.
type unmet struct{ want, engine, got string }

// Error returns everything in many lines. The first line has what matters most,
// for readers that show only one.
func (m *mismatch) Error() string {
	var w strings.Builder
	groups := m.groups()
	w.WriteString(describeCall(m.result.Engines[0]) + ": expected " + cmp.Or(groups[0].want, "something") + ", got " + groups[0].got)
	if len(groups[0].engines) < len(m.result.Engines) {
		w.WriteString(" in " + strings.Join(groups[0].engines, ", "))
	}
	w.WriteString("\n")
	for i, g := range groups {
		if i == 0 || groups[i-1].want != g.want {
			w.WriteString("  expected: " + g.want + "\n")
		}
		w.WriteString("    " + strings.Join(g.engines, ", ") + ": " + g.got + "\n")
	}
	rep := m.result.report()
	rep.Repair = m.repair
	rep.WriteDetails(&w, report.Style{}, m.failedGroups(rep)...)
	return strings.TrimRight(w.String(), "\n")
}

// failedGroups returns the groups with an engine that does not meet an
// expectation.
func (m *mismatch) failedGroups(rep *report.Report) []report.Group {
	return slices.DeleteFunc(rep.Groups(), func(g report.Group) bool {
		return !slices.ContainsFunc(g, func(run *report.Run) bool { return m.failed[slices.Index(m.result.Engines, run.Results[0])] })
	})
}

// unmetGroup is one expectation, and the engines that do not meet it in the same
// way.
type unmetGroup struct {
	want, got string
	engines   []string
}

func (m *mismatch) groups() []unmetGroup {
	var out []unmetGroup
	for _, u := range m.unmet {
		if n := len(out); n > 0 && out[n-1].want == u.want && out[n-1].got == u.got {
			out[n-1].engines = append(out[n-1].engines, u.engine)
			continue
		}
		out = append(out, unmetGroup{u.want, u.got, []string{u.engine}})
	}
	return out
}

// String returns the whole result in many lines, as an unmet expectation prints
// it.
func (r *Result) String() string {
	var w strings.Builder
	if len(r.Engines) == 0 {
		return "no engine"
	}
	w.WriteString(describeCall(r.Engines[0]) + "\n")
	for _, e := range r.Engines {
		w.WriteString("  " + e.Profile.Name() + ": " + explain.Verdict(e) + "\n")
	}
	rep := r.report()
	if repair, err := r.Repair(context.Background()); err == nil {
		rep.Repair = repair
	}
	rep.WriteDetails(&w, report.Style{}, rep.Groups()...)
	return strings.TrimRight(w.String(), "\n")
}
