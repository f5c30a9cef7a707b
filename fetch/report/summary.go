package report

import (
	"io"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
)

// maxCauses is how many causes a summary names.
const maxCauses = 3

// WriteSummary writes what a reader needs first: the verdict of each browser, the
// likely cause, the repair and the notes.
func (r *Report) WriteSummary(w io.Writer, style Style) {
	t := newText(w, style)
	r.verdicts(t)
	t.list("why:", r.why(maxCauses))
	if c := r.Configuration; c != nil {
		t.list(c.title(), c.lastLines())
	}
	r.repair(t)
	t.list("notes:", r.Notes)
}

// verdicts writes the title and the verdicts, each with the browsers that have it.
func (r *Report) verdicts(t *text) {
	t.line("%s", r.Title())
	for _, group := range r.byVerdict() {
		t.line("  %s: %s", group, group[0].Verdict(t.Style))
		if !group[0].HasVerdict() && group[0].Asks == nil {
			continue
		}
		result := group[0].Decisive()
		if said := explain.SharedMessage(result); said != "" {
			t.line("    the response says: %s", said)
		}
		if hidden := slices.DeleteFunc(HiddenHeaders(result), isSeldomRead); len(hidden) > 0 {
			t.line("    hidden from script: %s", strings.Join(hidden, ", "))
		}
	}
}

// seldomRead holds the names of headers that are meant for browsers and caches.
var seldomRead = []string{
	"Age", "Alt-Svc", "Connection", "Date", "Keep-Alive", "Server", "Set-Cookie", "Strict-Transport-Security", "Transfer-Encoding", "Vary", "Via", "X-Powered-By",
}

// isSeldomRead reports whether hardly any page reads a header.
func isSeldomRead(name string) bool {
	return strings.HasPrefix(fetch.ByteLowercase(name), "access-control-") ||
		slices.ContainsFunc(seldomRead, func(other string) bool { return fetch.EqualFold(name, other) })
}

// byVerdict returns the runs in groups of the same verdict.
func (r *Report) byVerdict() []Group {
	return groupBy(r.Runs, func(run *Run) string { return run.Verdict(Style{}) })
}

// groupBy returns the runs in groups of the same key, in order.
func groupBy(runs []Run, key func(*Run) string) []Group {
	var groups []Group
	var keys []string
	for i := range runs {
		k := key(&runs[i])
		if at := slices.Index(keys, k); at >= 0 {
			groups[at] = append(groups[at], &runs[i])
			continue
		}
		keys, groups = append(keys, k), append(groups, Group{&runs[i]})
	}
	return groups
}

// why returns why browsers do not share the response, in lines: a sentence for each
// reason, what the response says, the causes, at most a number of them, and how far
// the request got. What several browsers have in common is there once.
func (r *Report) why(most int) []string {
	var out, said, causes, reached []string
	groups := r.byReason()
	for _, group := range groups {
		e, _ := explain.Explain(group[0].failed())
		sentence := e.Sentence
		if len(groups) > 1 {
			sentence = group.String() + ": " + sentence
		}
		out = append(out, sentence)
		if text := e.Response(); text != "" && len(said) == 0 {
			said = append(said, text)
		}
		for _, c := range e.Causes {
			causes = addNew(causes, c.Text)
		}
		if group[0].Asks == nil {
			reached = addNew(reached, e.Reached.Sentence())
		}
	}
	out = append(out, said...)
	for i, cause := range causes[:min(len(causes), most)] {
		if i == 0 {
			out = append(out, likely+cause)
			continue
		}
		out = append(out, "or: "+cause)
	}
	for _, text := range reached {
		out = append(out, "sent: "+text)
	}
	return out
}

// byReason returns the runs that failed in groups of the same reason.
func (r *Report) byReason() []Group {
	reason := func(run *Run) string {
		if failed := run.failed(); failed != nil {
			return string(failed.Failure.Reason)
		}
		return ""
	}
	return slices.DeleteFunc(groupBy(r.Runs, reason), func(g Group) bool { return reason(g[0]) == "" })
}

// addNew appends a line unless it is already there.
func addNew(lines []string, line string) []string {
	if slices.Contains(lines, line) {
		return lines
	}
	return append(lines, line)
}

// repair writes the repair, and its configuration if there is one.
func (r *Report) repair(t *text) {
	t.list("the smallest repair:", r.Repair.Lines())
	if r.Recipe != nil {
		t.list("with "+r.Recipe.Server+":", strings.Split(strings.TrimSuffix(r.Recipe.Text, "\n"), "\n"))
	}
}
