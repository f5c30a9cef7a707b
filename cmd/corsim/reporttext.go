package main

import (
	"fmt"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
)

// textPrinter prints reports for people: the whole story, or in short where
// there are many.
type textPrinter struct {
	out   *output
	short bool
	count int
	bad   int
	last  printable
	// server is what repairs are written for, too; nil for none.
	server *explain.Server
}

func (p *textPrinter) print(r printable) error {
	p.count++
	p.last = r
	if r.isBad() {
		p.bad++
	}
	if p.short {
		r.printShort(p.out)
		return nil
	}
	if p.count > 1 {
		fmt.Fprintln(p.out)
	}
	r.printFull(p.out, p.server)
	return nil
}

func (p *textPrinter) finish() error {
	if p.count > 1 {
		fmt.Fprintln(p.out, p.last.sum(p.count, p.bad))
	}
	return nil
}

// printShort prints the verdict, on one line where the engines agree.
func (r *report) printShort(out *output) {
	groups := r.alikeRuns()
	if len(groups) == 1 {
		fmt.Fprintf(out, "%s  %s\n", r.title(), verdictOf(out, groups[0][0]))
		return
	}
	fmt.Fprintln(out, r.title())
	for _, group := range groups {
		fmt.Fprintf(out, "  %s: %s\n", runNames(group), verdictOf(out, group[0]))
	}
}

func (r *report) sum(count, bad int) string {
	return fmt.Sprintf("%s; %d with something blocked", plural(count, "request"), bad)
}

// title is what a report stands under.
func (r *report) title() string {
	if r.name != "" {
		return r.name + " " + r.subject()
	}
	return r.subject()
}

// printFull prints the verdict of each engine, what happened, what consoles
// say, the repair and the notes.
func (r *report) printFull(out *output, server *explain.Server) {
	fmt.Fprintln(out, r.title())
	for i := range r.runs {
		run := &r.runs[i]
		fmt.Fprintf(out, "  %-8s %s\n", run.profile.Name(), verdictOf(out, run))
	}
	for _, group := range r.alikeRuns() {
		fmt.Fprintf(out, "\nwhat happened (%s):\n", runNames(group))
		printRun(out, group[0])
	}
	r.printConsoles(out)
	printList(out, "the smallest repair:", r.repair.Lines())
	printRecipe(out, &r.repair, server)
	printList(out, "notes:", r.notes)
}

// printRecipe prints a repair as the configuration of a server, if one was asked
// for.
func printRecipe(out *output, repair *explain.Repair, server *explain.Server) {
	if server == nil || len(repair.Changes) == 0 {
		return
	}
	text, ok := repair.Recipe(*server)
	if !ok {
		text = "nothing: the repair is not about CORS\n"
	}
	printList(out, "with "+server.String()+":", strings.Split(strings.TrimSuffix(text, "\n"), "\n"))
}

// printRun prints the timeline of each time that a page asked.
func printRun(out *output, run *engineRun) {
	for i, result := range run.results {
		if len(run.results) > 1 {
			fmt.Fprintf(out, "  time %d:\n", i+1)
		}
		printTrace(out, result)
		if len(run.unanswered) > 0 {
			fmt.Fprintf(out, "    = %s\n", verdictOf(out, run))
			continue
		}
		fmt.Fprintf(out, "    = %s\n", resultVerdict(out, result))
		for _, line := range explain.Why(result) {
			fmt.Fprintf(out, "      %s\n", line)
		}
		printHidden(out, result)
	}
}

// printHidden names the headers that came and that script does not see.
func printHidden(out *output, r *browser.Result) {
	if hidden := hiddenHeaders(r); len(hidden) > 0 {
		fmt.Fprintf(out, "      hidden from script: %s\n", strings.Join(hidden, ", "))
	}
}

// hiddenHeaders returns the names of the headers of a shared response that the
// filter hides from script.
func hiddenHeaders(r *browser.Result) []string {
	if r.Outcome != browser.Shared || r.Response == nil {
		return nil
	}
	var names []string
	for _, h := range r.Response.Unfiltered().Header {
		if !r.Response.Header.Contains(h.Name) {
			names = appendNew(names, h.Name)
		}
	}
	return names
}

func appendNew(list []string, name string) []string {
	for _, old := range list {
		if strings.EqualFold(old, name) {
			return list
		}
	}
	return append(list, name)
}

// printConsoles prints what each engine says about the time that counts.
func (r *report) printConsoles(out *output) {
	var lines []string
	for i := range r.runs {
		if len(r.runs[i].unanswered) > 0 {
			continue
		}
		result := r.runs[i].shown()
		name := result.Profile.Name()
		if text, ok := console.ScriptError(result); ok {
			lines = append(lines, fmt.Sprintf("%s, script: %s", name, visible(text)))
		}
		for _, message := range console.Print(result) {
			lines = append(lines, fmt.Sprintf("%s: %s", name, message))
		}
	}
	printList(out, "what the browsers say:", lines)
}

func printList(out *output, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", heading)
	for _, line := range lines {
		fmt.Fprintf(out, "  %s\n", line)
	}
}
