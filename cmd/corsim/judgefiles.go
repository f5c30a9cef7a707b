package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/bulk"
)

// recordedNames are how the names of recordings end, without the .gz of those that are compressed.
var recordedNames = []string{".har", ".jsonl", ".ndjson", ".wat", ".warc"}

// filesIn returns the recordings in a folder and below it, in the order of their names. ok is false if the name is not
// that of a folder.
func (t *terminal) filesIn(name string) (files []string, ok bool, err error) {
	if name == "-" {
		return nil, false, nil
	}
	if info, err := os.Stat(t.path(name)); err != nil || !info.IsDir() {
		return nil, false, nil // opening it says what is wrong
	}
	err = filepath.WalkDir(t.path(name), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		base := strings.TrimSuffix(path, ".gz")
		if slices.ContainsFunc(recordedNames, func(end string) bool { return strings.HasSuffix(base, end) }) {
			inside, err := filepath.Rel(t.path(name), path)
			files = append(files, filepath.ToSlash(inside))
			return err
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s: no file here ends in %s, or in one of these and .gz", name, strings.Join(recordedNames, ", "))
	}
	return files, true, err
}

// judgeFolder judges all recordings of a folder. Each verdict names its file.
func (flags *judgeFlags) judgeFolder(ctx context.Context, t *terminal, r *bulk.Runner, folder string, files []string) error {
	if flags.fromLine > 1 || flags.fromEntry > 0 || flags.resume {
		return errors.New("a folder is judged from its start; judge its files one by one to continue a run")
	}
	var total bulk.Tally
	for _, file := range files {
		in, err := t.open(filepath.Join(folder, file))
		if err != nil {
			return err
		}
		r.File = file
		tally, err := r.Run(ctx, in, filepath.Join(folder, file), flags.out)
		in.Close()
		total.Judged += tally.Judged
		total.Skipped += tally.Skipped
		if err != nil {
			return err
		}
	}
	if total.Skipped > 0 {
		fmt.Fprintf(t.stderr, "corsim: %s of %s judged, %d skipped\n", plural(total.Judged, "record"), plural(len(files), "file"), total.Skipped)
		return errNo
	}
	return nil
}

// openOutput opens the file of -o. With --resume it keeps the verdicts that are there, less a last one that was not
// written to its end, and lets the run begin behind them.
func (flags *judgeFlags) openOutput(t *terminal, file string) (io.Closer, error) {
	if flags.resume && (flags.output == "" || flags.summary != "" || flags.summaryFile != "" || flags.fromLine > 1 || flags.fromEntry > 0 || file == "-") {
		return nil, errors.New("--resume needs a file to judge and the file of its verdicts, -o; it counts nothing for a summary, and finds the first record itself")
	}
	flags.out = t.stdout
	if flags.output == "" {
		return io.NopCloser(nil), nil
	}
	mode := os.O_CREATE | os.O_RDWR
	if !flags.resume {
		mode |= os.O_TRUNC
	}
	out, err := os.OpenFile(t.path(flags.output), mode, 0o666)
	if err != nil {
		return nil, err
	}
	if flags.resume {
		if err := flags.resumeAfter(t, out, file); err != nil {
			out.Close()
			return nil, err
		}
	}
	flags.out = out
	return out, nil
}

// resumeAfter finds the first record without a verdict, and sets the end of the verdicts.
func (flags *judgeFlags) resumeAfter(t *terminal, out *os.File, file string) error {
	count, size, err := bulk.Written(out)
	if err != nil {
		return fmt.Errorf("%s: %w", flags.output, err)
	}
	if err := out.Truncate(size); err != nil {
		return err
	}
	if _, err := out.Seek(size, io.SeekStart); err != nil {
		return err
	}
	in, err := t.open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	form, next, err := bulk.After(in, count)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if form == bulk.HAR {
		flags.fromEntry = next
	} else {
		flags.fromLine = next
	}
	return nil
}
