package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
)

const harHelp = `Judge the requests of a HAR file, as developer tools, Playwright and proxies write it. For each entry, say
whether CORS applies, which entry is its preflight, whether script can read the response and
why, which headers are hidden from script, and what the file does not show.

corsim makes the requests again in the browser that was recorded, or in those of --engine, in the order of the
entries; the responses come from the file. Each entry names its page, unless --from does. A note says where the
recorded browser and corsim came to different results.

The exit status is 1 when a request under CORS was blocked, when one could not be judged, and when the
recorded browser disagrees.`

type harFlags struct {
	from    string
	engines []string
	entries []int
	place   rememberedFlags
	print   printFlags
}

func newHar(t *terminal) *cobra.Command {
	var flags harFlags
	cmd := &cobra.Command{
		Use:   "har [flags] FILE.har|-",
		Short: "Judge the requests of a HAR file",
		Long:  harHelp,
		Example: `  corsim har localhost.har
  corsim har -v --entry 3 localhost.har
  corsim har --svg --entry 3,4 localhost.har > requests.svg
  corsim har --engine chromium,firefox --json localhost.har`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("har takes one file, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.run(cmd.Context(), t, args[0])
		},
	}
	flags.print.registerCall(cmd)
	cmd.Flags().StringVar(&flags.from, "from", "", "the origin or URL of the page that made all requests")
	cmd.Flags().StringSliceVar(&flags.engines, "engine", []string{"recorded"}, "the browsers, separated by commas, all, or the one that was recorded")
	cmd.Flags().IntSliceVar(&flags.entries, "entry", nil, "print only the entries with these numbers, separated by commas; all are judged")
	flags.place.register(cmd)
	complete(cmd, "engine", append(browser.ProfileNames(), "all", "recorded")...)
	return cmd
}

func (flags *harFlags) run(ctx context.Context, t *terminal, name string) error {
	har, err := t.readHAR(name)
	if err != nil {
		return err
	}
	q := ask.HARQuestion{HAR: har, From: flags.from}
	if len(flags.engines) != 1 || flags.engines[0] != "recorded" {
		if q.Profiles, err = parseEngines(flags.engines); err != nil {
			return err
		}
	}
	var network ask.Network
	if err := flags.place.addTo(&network); err != nil {
		return err
	}
	q.HSTS, q.Logins = network.HSTS, network.Logins
	if err := flags.checkEntries(len(har.Entries)); err != nil {
		return err
	}
	out := t.newOutput()
	p, err := flags.print.printer(out, true)
	if err != nil {
		return err
	}
	b := &harBatch{entries: len(har.Entries), only: flags.entries, drawn: flags.print.isDrawn(), out: out, printer: p, json: flags.print.json || flags.print.format == "json"}
	b.text = !b.json && flags.print.format == "text" && !flags.print.isDrawn()
	if b.text && len(q.Profiles) == 0 && har.Engine == "" {
		fmt.Fprintln(out, unknownBrowser(har))
	}
	return out.close(b.run(ctx, q))
}

// checkEntries returns an error for an entry that a file with a number of entries does
// not have.
func (flags *harFlags) checkEntries(count int) error {
	for _, entry := range flags.entries {
		if entry < 0 || entry >= count {
			return fmt.Errorf("--entry %d: the file has %s, counted from 0", entry, plural(count, "entry"))
		}
	}
	return nil
}

// unknownBrowser is the note for a file that does not name the recorded browser.
func unknownBrowser(har *capture.HAR) string {
	creator := "the file"
	if har.Creator != "" {
		creator = fmt.Sprintf("%q", har.Creator)
	}
	return creator + " does not name the browser that was recorded: the entries are judged by the standard"
}

func (t *terminal) readHAR(name string) (*capture.HAR, error) {
	in, err := t.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	har, err := capture.ReadHAR(in)
	if err != nil {
		return nil, inputError(name, err)
	}
	return har, nil
}

// harBatch prints the answers for all entries of a file.
type harBatch struct {
	entries    int   // in the file
	only       []int // the entries to print; nil means all
	drawn      bool
	out        *output
	printer    printer
	text, json bool
	judged, no int
	// blocked, open and other count the entries that are blocked, that lack a response that
	// the verdict depends on, and for which the recorded browser had another result.
	blocked, open, other int
	// commands settle the entries that lack a response.
	commands []string
	// common holds the notes, each with its entries.
	common []commonNote
}

type commonNote struct {
	text    string
	entries []string
}

func (b *harBatch) run(ctx context.Context, q ask.HARQuestion) error {
	if err := ask.HAR(ctx, q, b.entry); err != nil {
		return err
	}
	if b.text {
		b.printNotes()
	} else if err := b.printer.finish(); err != nil {
		return err
	}
	if b.no > 0 && !b.drawn {
		return errNo
	}
	return nil
}

// entry prints the answer for one entry, if it is to be printed.
func (b *harBatch) entry(a *ask.HARAnswer) error {
	if b.only != nil && !slices.Contains(b.only, a.Verdict.Index) {
		return nil
	}
	if a.Report == nil {
		return b.printUnjudged(a)
	}
	b.judged++
	b.count(a)
	c := &call{Call: a.Call}
	if err := b.printer.print(&callReport{a.Report, c}); err != nil || !b.text {
		return err
	}
	b.printAround(a)
	return nil
}

// count counts an answer.
func (b *harBatch) count(a *ask.HARAnswer) {
	if a.IsBad() {
		b.no++
	}
	switch {
	case len(a.Verdict.Unanswered) > 0:
		b.open++
		b.commands = append(b.commands, a.Call.Command(a.Call.URL().String()))
	case a.Disagrees:
		b.other++
	case a.Report.IsBlocked():
		b.blocked++
	}
}

// maxCommands is how many commands are printed.
const maxCommands = 10

// printAround prints, below an entry's verdict, its preflight, hidden headers and
// recorded outcome, and collects its notes.
func (b *harBatch) printAround(a *ask.HARAnswer) {
	if p, ok := b.printer.(*textPrinter); ok && p.length != shortText {
		return
	}
	v := a.Verdict
	if v.Preflight >= 0 {
		fmt.Fprintf(b.out, "    its preflight is entry %d\n", v.Preflight)
	}
	if hidden := report.HiddenHeaders(v.Result); len(hidden) > 0 && len(v.Unanswered) == 0 {
		fmt.Fprintf(b.out, "    hidden from script: %s\n", strings.Join(hidden, ", "))
	}
	if a.Entry.Failed {
		fmt.Fprintf(b.out, "    recorded: %s\n", a.RecordedOutcome())
	}
	for _, note := range a.Report.Notes {
		b.addNote(note, fmt.Sprint(v.Index))
	}
}

// addNote keeps a note for the end, because most notes are about many entries.
func (b *harBatch) addNote(text, entry string) {
	for i := range b.common {
		if b.common[i].text == text {
			b.common[i].entries = append(b.common[i].entries, entry)
			return
		}
	}
	b.common = append(b.common, commonNote{text, []string{entry}})
}

// printNotes prints the notes and the sum.
func (b *harBatch) printNotes() {
	for i, note := range b.common {
		if i == 0 {
			fmt.Fprintf(b.out, "\nnotes:\n")
		}
		word := "entries"
		if len(note.entries) == 1 {
			word = "entry"
		}
		fmt.Fprintf(b.out, "  %s (%s %s)\n", note.text, word, strings.Join(note.entries, ", "))
	}
	for i, command := range b.commands[:min(len(b.commands), maxCommands)] {
		if i == 0 {
			fmt.Fprintf(b.out, "\nthe file lacks responses; to ask the server itself:\n")
		}
		fmt.Fprintf(b.out, "  %s\n", report.Line(command))
	}
	if more := len(b.commands) - maxCommands; more > 0 {
		fmt.Fprintf(b.out, "  … and %d more\n", more)
	}
	count := plural(b.entries, "entry")
	if b.only != nil {
		count = fmt.Sprintf("%d of %s", len(b.only), count)
	}
	fmt.Fprintf(b.out, "\n%s; %d under CORS: %d shared or opaque, %d blocked, %d undecided, %d recorded with another result\n",
		count, b.judged, b.judged-b.blocked-b.open-b.other, b.blocked, b.open, b.other)
}

var harKindWords = map[capture.HARKind]string{
	capture.HARPreflight: "a preflight", capture.HARRedirected: "follows a redirect", capture.HARNotSent: "was not sent", capture.HARSameOrigin: "same origin: CORS does not apply",
	capture.HARNoCORS: "mode no-cors: there is no CORS check, and script cannot see the response", capture.HARNavigation: "a navigation: CORS does not apply",
	capture.HAROther: "CORS does not apply", capture.HARUnknown: "unknown: the file does not name the page that made the request; name it with --from",
	capture.HARForeign: "not judged: made by a page of an extension or an application",
	capture.HARCors:    "belongs to an earlier entry",
}

// printUnjudged prints an entry that is not judged.
func (b *harBatch) printUnjudged(a *ask.HARAnswer) error {
	v, e := a.Verdict, a.Entry
	if b.json {
		_, err := b.out.Write(append(a.Document().AppendJSON(nil), '\n'))
		return err
	}
	if !b.text {
		return nil
	}
	name := fmt.Sprintf("entry %d:", v.Index)
	words := harKindWords[v.Kind]
	switch {
	case v.Kind == capture.HARNotSent:
		words = fmt.Sprintf("was not sent, because the browser did not follow the redirect of entry %d", v.RedirectOf)
	case v.RedirectOf >= 0:
		words = fmt.Sprintf("follows the redirect of entry %d", v.RedirectOf)
	}
	fmt.Fprintf(b.out, "%s %s %s  %s\n", name, e.Request.Method, e.Request.URL, b.out.paint(faint, words))
	return nil
}
