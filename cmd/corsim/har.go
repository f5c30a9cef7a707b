package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch/browser"
)

const harHelp = `Judge the requests of a HAR file, as developer tools, Playwright and proxies write them: for each entry
whether it was a request under CORS, which entry is its preflight, whether script could read the answer and
why, which headers stay hidden from script, and what the file does not tell.

The requests are made again in the browser that was recorded, or in those of --engine, in the order of the
entries; answers come from the file. The page is taken from each entry, or is that of --from. Where the
recorded browser failed and corsim does not, or the other way round, a line says so.

The exit status is 1 when a request under CORS was blocked, when one could not be judged, and when the
recorded browser disagrees.`

type harFlags struct {
	from    string
	engines []string
	print   printFlags
}

func newHar(t *terminal) *cobra.Command {
	var flags harFlags
	cmd := &cobra.Command{
		Use:   "har [flags] FILE.har|-",
		Short: "Judge the requests of a HAR file",
		Long:  harHelp,
		Example: `  corsim har localhost.har
  corsim har -v localhost.har
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
	flags.print.register(cmd)
	cmd.Flags().StringVar(&flags.from, "from", "", "the origin or URL of the page that made all requests")
	cmd.Flags().StringSliceVar(&flags.engines, "engine", []string{"recorded"}, "the browsers, separated by commas, all, or the one that was recorded")
	complete(cmd, "engine", append(engineNames(), "all", "recorded")...)
	return cmd
}

func (flags *harFlags) run(ctx context.Context, t *terminal, name string) error {
	har, err := t.readHAR(name)
	if err != nil {
		return err
	}
	profiles, note, err := flags.profiles(har)
	if err != nil {
		return err
	}
	out := t.newOutput()
	p, err := flags.print.printer(out, true)
	if err != nil {
		return err
	}
	b := &harBatch{har: har, profiles: profiles, out: out, printer: p, json: flags.print.json || flags.print.format == "json"}
	b.text = !b.json && flags.print.format == "text"
	if b.text && note != "" {
		fmt.Fprintln(out, note)
	}
	return out.close(b.run(ctx, flags.from))
}

func (t *terminal) readHAR(name string) (*capture.HAR, error) {
	in, err := t.open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	har, err := capture.ReadHAR(in)
	if err != nil {
		if name == "-" {
			name = "stdin"
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return har, nil
}

// profiles returns the browsers that judge, and what is to be said of them.
func (flags *harFlags) profiles(har *capture.HAR) (profiles []*browser.Profile, note string, err error) {
	if len(flags.engines) != 1 || flags.engines[0] != "recorded" {
		profiles, err = parseEngines(flags.engines)
		return profiles, "", err
	}
	if har.Engine == "" {
		creator := "the file"
		if har.Creator != "" {
			creator = fmt.Sprintf("%q", har.Creator)
		}
		return []*browser.Profile{browser.Spec()}, creator + " does not tell which browser it was: judged by the standard", nil
	}
	p, err := browser.ProfileByName(har.Engine)
	return []*browser.Profile{p}, "", err
}

// harBatch judges a file.
type harBatch struct {
	har        *capture.HAR
	profiles   []*browser.Profile
	out        *output
	printer    printer
	text, json bool
	judged, no int
	// common holds notes, and the entries that they are about.
	common []commonNote
}

type commonNote struct {
	text    string
	entries []string
}

func (b *harBatch) run(ctx context.Context, from string) error {
	var verdicts [][]capture.HARVerdict
	for _, p := range b.profiles {
		v, err := b.har.Judge(ctx, p, from)
		if err != nil {
			return err
		}
		verdicts = append(verdicts, v)
	}
	for i := range b.har.Entries {
		same := make([]*capture.HARVerdict, len(verdicts))
		for k := range verdicts {
			same[k] = &verdicts[k][i]
		}
		if err := b.entry(ctx, same); err != nil {
			return err
		}
	}
	if b.text {
		b.printNotes()
	} else if err := b.printer.finish(); err != nil {
		return err
	}
	if b.no > 0 {
		return errNo
	}
	return nil
}

// entry prints what the engines make of one entry.
func (b *harBatch) entry(ctx context.Context, verdicts []*capture.HARVerdict) error {
	v := verdicts[0]
	e := &b.har.Entries[v.Index]
	if v.Result == nil {
		return b.printUnjudged(v, e)
	}
	b.judged++
	r, err := b.report(ctx, verdicts, e)
	if err != nil {
		return err
	}
	disagrees := false
	for _, v := range verdicts {
		if b.har.Disagrees(v) && v.Result.Profile.Name() == b.har.Engine {
			disagrees = true
			r.note("the recorded browser came to something else: %s", recordedOutcome(e))
		}
	}
	if r.isBad() || disagrees {
		b.no++
	}
	if err := b.printer.print(r); err != nil || !b.text {
		return err
	}
	return b.printAround(r, v, e)
}

// recordedOutcome says what the file says of an entry's end.
func recordedOutcome(e *capture.HAREntry) string {
	switch {
	case e.Error != "":
		return "it failed with " + e.Error
	case e.Failed:
		return "no answer is recorded"
	}
	return "it did not fail"
}

// printAround says, under an entry's verdict, what belongs to it.
func (b *harBatch) printAround(r *report, v *capture.HARVerdict, e *capture.HAREntry) error {
	if p, ok := b.printer.(*textPrinter); ok && !p.short {
		return nil
	}
	if v.Preflight >= 0 {
		fmt.Fprintf(b.out, "    its preflight is entry %d\n", v.Preflight)
	}
	if hidden := hiddenHeaders(v.Result); len(hidden) > 0 && len(v.Unanswered) == 0 {
		fmt.Fprintf(b.out, "    hidden from script: %s\n", strings.Join(hidden, ", "))
	}
	if e.Failed {
		fmt.Fprintf(b.out, "    recorded: %s\n", recordedOutcome(e))
	}
	for _, note := range r.notes {
		b.addNote(note, fmt.Sprint(v.Index))
	}
	return nil
}

// addNote keeps a note for the end: most are about many entries.
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
	fmt.Fprintf(b.out, "\n%s; %d under CORS; %d blocked, undecided or otherwise recorded\n",
		plural(len(b.har.Entries), "entry"), b.judged, b.no)
}

// report makes a report of the verdicts on one entry.
func (b *harBatch) report(ctx context.Context, verdicts []*capture.HARVerdict, e *capture.HAREntry) (*report, error) {
	v := verdicts[0]
	from := v.Page
	c, err := newCall(&pageFlags{from: from, engines: []string{"spec"}, repeat: 1}, v.Call.Init)
	if err != nil {
		return nil, fmt.Errorf("entry %d: %w", v.Index, err)
	}
	c.profiles = b.profiles
	var runs []engineRun
	for _, v := range verdicts {
		if v.Result == nil {
			return nil, errors.New("the engines do not judge the same entries")
		}
		runs = append(runs, engineRun{profile: v.Result.Profile, results: []*browser.Result{v.Result}, unanswered: v.Unanswered})
	}
	r, err := newReport(ctx, c, runs)
	if err != nil {
		return nil, err
	}
	r.name = fmt.Sprintf("entry %d:", v.Index)
	for _, note := range v.Call.Notes {
		r.note("%s", note)
	}
	return r, nil
}

var harKindWords = map[capture.HARKind]string{
	capture.HARPreflight: "a preflight", capture.HARRedirected: "goes on after a redirect", capture.HARNotSent: "was not sent", capture.HARSameOrigin: "same origin: CORS has no part in it",
	capture.HARNoCORS: "mode no-cors: sent without asking, opaque to script", capture.HARNavigation: "a navigation: CORS has no part in it",
	capture.HAROther: "not a request that CORS is for", capture.HARUnknown: "unknown: the file does not tell which page asked (--from does)",
	capture.HARForeign: "by a page of an extension or application, whose origin is the browser's own: not judged",
	capture.HARCors:    "belongs to an entry before it",
}

// harView is an entry without a verdict as JSON.
type harView struct {
	Name       string `json:"name"`
	Kind       string `json:"kind"`
	Method     string `json:"method"`
	URL        string `json:"url"`
	RedirectOf *int   `json:"redirectOf,omitempty"`
}

// printUnjudged prints an entry that CORS has no verdict on.
func (b *harBatch) printUnjudged(v *capture.HARVerdict, e *capture.HAREntry) error {
	name := fmt.Sprintf("entry %d:", v.Index)
	if b.json {
		view := harView{Name: name, Kind: string(v.Kind), Method: e.Request.Method, URL: e.Request.URL.String()}
		if v.RedirectOf >= 0 {
			view.RedirectOf = &v.RedirectOf
		}
		return b.out.printJSON(view)
	}
	if !b.text {
		return nil
	}
	words := harKindWords[v.Kind]
	switch {
	case v.Kind == capture.HARNotSent:
		words = fmt.Sprintf("was not sent, as the redirect of entry %d was refused", v.RedirectOf)
	case v.RedirectOf >= 0:
		words = fmt.Sprintf("goes on where the redirect of entry %d leads", v.RedirectOf)
	}
	fmt.Fprintf(b.out, "%s %s %s  %s\n", name, e.Request.Method, e.Request.URL, b.out.paint(faint, words))
	return nil
}
