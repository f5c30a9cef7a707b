package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/fix"
	"github.com/corsim/corsim/fetch/server/lint"
)

// mend makes the changes that repair findings in all files: it writes or prints them.
func (flags *lintFlags) mend(ctx context.Context, t *terminal, args []string, known baseline) error {
	files, err := lintFiles(t, args, flags.skipOthers)
	if err != nil {
		return err
	}
	out := t.newOutput()
	for _, file := range files {
		if err := flags.mendOne(ctx, t, out, file, known); err != nil {
			return out.close(fmt.Errorf("%s: %w", file, err))
		}
	}
	return out.close(nil)
}

// mendOne makes the changes of one configuration. One that cannot be read has none.
func (flags *lintFlags) mendOne(ctx context.Context, t *terminal, out *output, file string, known baseline) error {
	if file == "-" {
		return errors.New("standard input cannot be changed: name a file")
	}
	src, root, err := flags.source(ctx, t, []string{file})
	if err != nil {
		return err
	}
	if len(src.Behind) == 0 {
		src.Behind = []server.Behind{{Server: lint.Behind()}}
	}
	if _, err := ask.Configuration(ctx, ask.ConfigQuestion{Source: src, Alternative: flags.alternative}); err != nil {
		return ctx.Err()
	}
	names := t.namesBelow(root)
	question := flags.question(t, file, root, src)
	q := question.FixQuestion()
	s := &suppressions{t: t, lines: make(map[string][]string)}
	q.Skip = func(f *lint.Finding) bool {
		at := *f
		at.Position.File = names(f.Position.File)
		return s.covers(&at) || known.has(&at)
	}
	done, err := fix.Apply(ctx, q)
	if err != nil {
		return err
	}
	for _, c := range done.Files {
		c.File = names(c.File)
		if flags.diff {
			fmt.Fprint(out, server.UnifiedDiff(c.File, c.Before, c.After))
		} else if err := writeChange(t, &c); err != nil {
			return err
		}
	}
	if !flags.diff {
		printChanged(out, done, names)
	}
	return nil
}

// printChanged says which findings are repaired.
func printChanged(out *output, done *fix.Applied, names func(string) string) {
	for _, c := range done.Files {
		fmt.Fprintf(out, "%s: changed\n", names(c.File))
	}
	for _, f := range done.Gone {
		f.Position.File = names(f.Position.File)
		fmt.Fprintf(out, "  %s: repaired %s\n", f.Position, f.Rule)
	}
}

// writeChange writes a changed file, with the line ends that it has.
func writeChange(t *terminal, c *fix.Change) error {
	name := t.path(c.File)
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	before, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	text := c.After
	if strings.Contains(string(before), "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return os.WriteFile(name, []byte(text), info.Mode().Perm())
}
