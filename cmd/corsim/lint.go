package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/lint"
)

const lintHelp = `Look for what is wrong with CORS in the configurations of servers: which pages read what they should not, and
what keeps the right pages from working. corsim answers as each server would, lets pages in every browser make
requests to it, and names the line that decided. Nothing is sent.

FILE is a configuration; of a FOLDER, all files that corsim recognises are read. What could not be read is
listed: it is not called safe. The page is at --from, or at the first origin that the configuration allows; the
URLs are those of the configuration's routes, or those of --url.

A comment in the line of a finding, or in the line before it, suppresses the finding, with a reason:

  # corsim-ignore null-origin: this service is for sandboxed previews

--write-baseline writes the findings of today to a file, and --baseline leaves these out.

Where a change of the text repairs a finding, it is printed with it. corsim has read the changed text, and applied the
rules to it: the finding is gone, and nothing dangerous or broken is new. --diff prints all changes together as a
patch, and --fix writes them to the files.

"corsim explain RULE" says what a rule is about.

The exit status is 1 when there is a finding of the severity --fail-on or worse, or when something could not be
read or is not known.`

const lintExample = `  corsim lint nginx.conf
  corsim lint .
  corsim lint --from https://myapp.com --env ALLOWED_ORIGINS=https://myapp.com server.js
  corsim lint --diff . | patch -p1
  corsim lint --fail-on broken --format sarif . > cors.sarif
  corsim lint --write-baseline cors-baseline.jsonl . && corsim lint --baseline cors-baseline.jsonl .`

// lintFlags are the flags of corsim lint.
type lintFlags struct {
	configFlags
	print         printFlags
	from          string
	urls          []string
	failOn        string
	baseline      string
	writeBaseline string
	fix, diff     bool
	skipOthers    bool
}

func newLint(t *terminal) *cobra.Command {
	var flags lintFlags
	cmd := &cobra.Command{
		Use:     "lint [flags] FILE|FOLDER…",
		Short:   "Look for what is wrong in the configurations of servers",
		Long:    lintHelp,
		Example: lintExample,
		RunE:    func(cmd *cobra.Command, args []string) error { return flags.run(cmd.Context(), t, args) },
	}
	flags.configFlags.register(cmd)
	flags.print.register(cmd)
	f := cmd.Flags()
	f.StringVar(&flags.from, "from", "", "the page or the origin that should be allowed (default: the first that the configuration names)")
	f.StringArrayVar(&flags.urls, "url", nil, "a URL that pages request (default: those of the configuration's routes); may be repeated")
	f.StringVar(&flags.failOn, "fail-on", lint.Fragile.String(), "the lowest severity that makes the exit status 1: "+strings.Join(severityWords(), ", "))
	f.BoolVar(&flags.skipOthers, "skip-others", false, "leave out given files that are not server configurations, as is done in a folder; for lists of files that other programs make")
	f.StringVar(&flags.baseline, "baseline", "", "a file of findings to leave out")
	f.StringVar(&flags.writeBaseline, "write-baseline", "", "write the findings to this file, for --baseline")
	f.BoolVar(&flags.fix, "fix", false, "write the changes that repair findings to the files")
	f.BoolVar(&flags.diff, "diff", false, "print the changes that repair findings as a patch, and nothing else")
	cmd.MarkFlagsMutuallyExclusive("fix", "diff")
	cmd.MarkFlagsMutuallyExclusive("fix", "write-baseline")
	complete(cmd, "fail-on", severityWords()...)
	return cmd
}

func severityWords() []string {
	var out []string
	for s := range lint.Danger + 1 {
		out = append(out, s.String())
	}
	return out
}

// run looks for mistakes in all files.
func (flags *lintFlags) run(ctx context.Context, t *terminal, args []string) error {
	failOn, err := lint.ParseSeverity(flags.failOn)
	if err != nil {
		return fmt.Errorf("--fail-on: %w", err)
	}
	known, err := flags.readBaseline(t)
	if err != nil {
		return err
	}
	if flags.fix || flags.diff {
		if err := flags.mend(ctx, t, args, known); err != nil || flags.diff {
			return err
		}
	}
	results, err := flags.results(ctx, t, args)
	if err != nil {
		return err
	}
	if flags.writeBaseline != "" {
		return writeBaseline(t, flags.writeBaseline, results)
	}
	out := t.newOutput()
	p, err := flags.print.printer(out, false)
	if err != nil {
		return err
	}
	bad := false
	for _, r := range results {
		r.Suppress(known.has)
		l := &linted{r, failOn}
		bad = bad || l.isBad()
		if err := p.print(l); err != nil {
			return out.close(err)
		}
	}
	if err := p.finish(); err != nil {
		return out.close(err)
	}
	if bad {
		return out.close(errNo)
	}
	return out.close(nil)
}

// results reads all configurations and applies the rules to them.
func (flags *lintFlags) results(ctx context.Context, t *terminal, args []string) ([]*ask.LintResult, error) {
	files, err := lintFiles(t, args, flags.skipOthers)
	if err != nil {
		return nil, err
	}
	var out []*ask.LintResult
	parts := make(map[string]bool) // files that another configuration has read
	for _, file := range files {
		r, err := flags.one(ctx, t, file, parts)
		if err != nil {
			return nil, err
		}
		if flags.skipOthers || !slices.Contains(args, file) {
			r.SkipIfNoServer()
		}
		out = append(out, r)
	}
	out = slices.DeleteFunc(out, func(r *ask.LintResult) bool { return len(out) > 1 && r.Err != nil && parts[absolute(t, r.File)] })
	dropRepeated(out)
	return out, nil
}

// one applies the rules to one configuration. The error is that of the user's input;
// that of a configuration which cannot be read is part of the result.
func (flags *lintFlags) one(ctx context.Context, t *terminal, file string, parts map[string]bool) (*ask.LintResult, error) {
	src, root, err := flags.source(ctx, t, []string{file})
	if err != nil {
		return nil, err
	}
	if len(src.Behind) == 0 {
		src.Behind = []server.Behind{{Server: lint.Behind()}}
	}
	src.Files = watchFiles(src.Files, func(name string) { parts[absolute(t, joinPath(root, name))] = true })
	m, err := ask.Configuration(ctx, ask.ConfigQuestion{Source: src, Alternative: flags.alternative})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		r := notRead(file, relocated(t, root, err))
		r.Text = src.Text
		return r, nil
	}
	q := flags.question(t, file, root, src)
	q.Model = relocatedModel(t, root, m)
	r, err := ask.Lint(ctx, q)
	if err != nil {
		return nil, err
	}
	s := &suppressions{t: t, lines: make(map[string][]string)}
	r.Suppress(s.covers)
	return r, nil
}

// question makes the question about a configuration whose files are below a folder.
func (flags *lintFlags) question(t *terminal, file, root string, src server.Source) ask.LintQuestion {
	return ask.LintQuestion{
		File: file, URLs: flags.urls, Origin: flags.from, Text: src.Text, Source: src, Alternative: flags.alternative, Names: t.namesBelow(root),
	}
}

// dropRepeated removes findings that an earlier result has too: a file may be read
// by itself and as a part of another.
func dropRepeated(results []*ask.LintResult) {
	type key struct{ rule, at string }
	seen := make(map[key]bool)
	for _, r := range results {
		r.Findings = slices.DeleteFunc(r.Findings, func(f lint.Finding) bool {
			k := key{f.Rule, f.Position.String()}
			repeated := f.Position.Line > 0 && seen[k]
			seen[k] = true
			return repeated
		})
	}
}

// errNothingToLint is the error for a command without a file.
var errNothingToLint = errors.New("name a configuration, or a folder to look for configurations in")
