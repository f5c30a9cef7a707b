package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server/recipe"
)

const runHelp = `Run scenarios: a page, a scripted server and the steps that the page takes, one JSON object per
line. Files may be compressed with gzip; "-" is standard input. Two corpora are built in: guide,
the examples of a beginner's guide to CORS, and wpt, cases from the web-platform-tests.

The guide is printed as a lesson: each scenario is under its heading, with a remark about what it
shows, in one line each. With --only they are played: the call, what is sent, the verdict. Other scenarios give one line each: the name, and for each step whether the response was
shared with script, opaque or blocked, and why. Several engines give a matrix with one row per
scenario and one column per engine; a cell shows the outcome or the reason, and how many requests
reached a server. Rows in which the engines differ begin with ≠. -v prints all details: what was
sent and received, the step of the Fetch Standard that decided, why a request was blocked, and the
smallest change to the server after which it is not blocked. --json prints observations instead, one
object per line. --mermaid and --svg draw the requests and responses. --only selects one scenario,
or those that match a pattern.

If a scenario contains expectations, the run is checked against them. The exit status is 0 when all
expectations are met and nothing was blocked in the other scenarios, and 1 otherwise.`

const runExample = `  corsim run guide
  corsim run -v my-scenarios.jsonl
  corsim run --engine all guide
  corsim run --svg --only guide-error-2-1 guide > preflight.svg
  corsim run --json --engine firefox wpt > observations.jsonl
  echo '{"name":"first","page":"https://myapp.com/","server":[{"when":{},"status":200}],
    "steps":[{"fetch":{"url":"https://api.example.com/"}}]}' | tr -d '\n' | corsim run -v -`

func newRun(t *terminal) *cobra.Command {
	var flags runFlags
	cmd := &cobra.Command{
		Use:     "run [flags] FILE…|guide|wpt|-",
		Short:   "Run scenarios and say what a browser does with them",
		Long:    runHelp,
		Example: runExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("name the scenarios to run: a file, - for standard input, %s", strings.Join(conformance.CorpusNames(), " or "))
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return conformance.CorpusNames(), cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			b, err := flags.newBatch(t)
			if err != nil {
				return err
			}
			sources, err := t.openSources(args)
			if err != nil {
				return err
			}
			return b.out.close(b.run(cmd.Context(), sources))
		},
	}
	flags.add(cmd)
	return cmd
}

// source is an open input.
type source struct {
	reader *scenario.Reader
	file   io.Closer
	// lesson reports whether the scenarios are those of the guide.
	lesson bool
}

// openSources opens all inputs before anything runs, so that a wrong name is an
// error at once.
func (t *terminal) openSources(names []string) ([]source, error) {
	var sources []source
	for _, name := range names {
		if reader, err := conformance.Corpus(name); err == nil {
			sources = append(sources, source{reader, io.NopCloser(nil), name == conformance.GuideName})
			continue
		}
		file, err := t.open(name)
		if err != nil {
			for _, s := range sources {
				s.file.Close()
			}
			return nil, err
		}
		if name == "-" {
			name = "stdin"
		}
		sources = append(sources, source{scenario.NewReader(file, name), file, false})
	}
	return sources, nil
}

// open opens a file, or standard input for "-", as plain text.
func (t *terminal) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return &plainText{ReadCloser: io.NopCloser(t.stdin)}, nil
	}
	file, err := os.Open(t.path(name))
	if err != nil {
		return nil, cannotOpen(name, err)
	}
	if info, err := file.Stat(); err == nil && info.IsDir() {
		file.Close()
		return nil, fmt.Errorf("%s is a folder, not a file", name)
	}
	return &plainText{ReadCloser: file}, nil
}

// cannotOpen returns the error about a file that cannot be opened, with its name as given.
func cannotOpen(name string, err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathError.Err
	}
	return fmt.Errorf("cannot open %s: %w", name, err)
}

// batch runs scenarios one by one, and does not keep them.
type batch struct {
	runFlags
	terminal *terminal
	out      *output
	profiles []*browser.Profile
	recipe   *recipe.System
	tally    tally
	line     []byte
	started  time.Time
	told     time.Time
	drawings int
	// lesson is nil when the scenarios are not printed as a lesson.
	lesson *lesson
}

func (b *batch) run(ctx context.Context, sources []source) error {
	b.started = time.Now()
	if b.isMatrix() {
		b.printHeading()
	}
	for _, s := range sources {
		b.lesson = nil
		if s.lesson && !b.json && !b.verbose && !b.isDrawn() {
			b.lesson = &lesson{brief: b.only == ""}
			if !b.isMatrix() {
				fmt.Fprint(b.out, lessonIntroduction)
			}
			if !b.isMatrix() && b.lesson.brief {
				fmt.Fprint(b.out, briefIntroduction)
			}
		}
		err := b.runSource(ctx, s.reader)
		s.file.Close()
		if err != nil {
			return err
		}
	}
	switch {
	case b.isDrawn():
		return b.drawn()
	case b.only != "" && b.tally.scenarios == 0:
		return fmt.Errorf("no scenario's name matches %s", b.only)
	case !b.json:
		if b.lesson != nil {
			fmt.Fprintln(b.out)
		}
		b.tally.print(b.out)
	}
	if b.tally.isNo() {
		return errNo
	}
	return nil
}

func (b *batch) runSource(ctx context.Context, r *scenario.Reader) error {
	for {
		s, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if match, _ := path.Match(b.only, s.Name); b.only != "" && !match {
			continue
		}
		runs := make([]*ask.Played, len(b.profiles))
		for i, p := range b.profiles {
			if runs[i], err = ask.Run(ctx, s, p, ask.RunOptions{Strict: b.strict}); err != nil {
				return r.Wrap(err)
			}
		}
		if b.lesson != nil {
			b.lesson.printHeadings(b.out, s)
		}
		if b.isMatrix() {
			b.printRow(runs)
		}
		for _, played := range runs {
			if err := b.report(ctx, played); err != nil {
				return err
			}
		}
		b.out.pause()
		b.progress()
	}
}

// isMatrix reports whether each scenario is printed as a row with a column for each
// engine.
func (b *batch) isMatrix() bool { return len(b.profiles) > 1 && !b.json && !b.verbose && !b.isDrawn() }

// report prints the result of a run, and counts it.
func (b *batch) report(ctx context.Context, p *ask.Played) error {
	r, mismatches, known := p.Run, p.Mismatches, p.Known
	if b.isDrawn() {
		return b.draw(r)
	}
	b.tally.add(r, mismatches, known != "")
	if b.json {
		b.line = append(p.Observation.AppendJSON(b.line[:0]), '\n')
		if len(mismatches) > 0 && known == "" {
			fmt.Fprintln(b.terminal.stderr, bounded(report.Line("corsim: "+r.Scenario.Name+": not as expected: "+joinMismatches(mismatches))))
		}
		_, err := b.out.Write(b.line)
		return err
	}
	switch {
	case b.isMatrix():
	case b.lesson != nil:
		b.lesson.print(b.out, r)
		if known != "" {
			return nil
		}
	default:
		b.printLine(r)
	}
	b.printMismatches(r, mismatches, known)
	if b.verbose {
		story := answer.Story(r)
		if err := answer.AddRepairs(ctx, story, b.recipe); err != nil {
			return err
		}
		story.WriteText(b.out, b.out.style())
	}
	return nil
}

// printLine prints a run's verdicts in one line.
func (b *batch) printLine(r *scenario.Run) {
	story := answer.Story(r)
	verdicts := make([]string, len(story.Steps))
	for i := range story.Steps {
		verdicts[i] = story.Steps[i].Verdict(b.out.style())
	}
	engine := ""
	if len(b.profiles) > 1 {
		engine = fmt.Sprintf("%-8s ", r.Profile.Name())
	}
	fmt.Fprintf(b.out, "%-24s %s%s\n", r.Scenario.Name, engine, strings.Join(verdicts, "; "))
}

// printMismatches prints the expectations that a run does not meet.
func (b *batch) printMismatches(r *scenario.Run, mismatches []conformance.Mismatch, known string) {
	if len(mismatches) == 0 {
		return
	}
	engine := ""
	if b.isMatrix() {
		engine = r.Profile.Name() + " "
	}
	if known != "" {
		fmt.Fprintf(b.out, "  %s%s: %s (%s)\n", engine, b.out.paint(yellow, "differs from the expectation, as is known"), joinMismatches(mismatches), known)
		return
	}
	fmt.Fprintf(b.out, "  %s%s: %s\n", engine, b.out.paint(red, "not as expected"), joinMismatches(mismatches))
}

func joinMismatches(mismatches []conformance.Mismatch) string {
	texts := make([]string, len(mismatches))
	for i, m := range mismatches {
		texts[i] = m.String()
	}
	return strings.Join(texts, "; ")
}

// progress prints the progress of a long run, unless the results go to a terminal.
func (b *batch) progress() {
	if b.tally.scenarios%64 != 0 || b.out.terminal || !isTerminal(b.terminal.stderr) {
		return
	}
	if now := time.Now(); now.Sub(b.started) > time.Second && now.Sub(b.told) > time.Second {
		b.told = now
		fmt.Fprintf(b.terminal.stderr, "corsim: %d scenarios\n", b.tally.scenarios)
	}
}
