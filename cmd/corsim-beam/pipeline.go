package main

import (
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"github.com/corsim/corsim/conformance/bulk"
	"github.com/corsim/corsim/fetch/browser"
)

func init() {
	register.DoFn3x1[context.Context, string, func([]byte), error](&judgeLines{})
	register.DoFn3x1[context.Context, fileio.ReadableFile, func([]byte), error](&judgeFiles{})
	register.Emitter1[[]byte]()
	register.Function1x1(asText)
	register.Combiner1[[]byte](&addSummaries{})
}

// build adds the pipeline from the files of a pattern to the file for the summary. The
// error means that there is no such engine.
func build(s beam.Scope, input, output, engine string) error {
	if _, err := browser.ProfileByName(engine); err != nil {
		return err
	}
	var parts beam.PCollection
	if strings.HasSuffix(input, ".jsonl") {
		parts = beam.ParDo(s, &judgeLines{Engine: engine}, textio.Read(s, input))
	} else {
		files := fileio.ReadMatches(s, fileio.MatchFiles(s, input), fileio.ReadUncompressed())
		parts = beam.ParDo(s, &judgeFiles{Engine: engine}, files)
	}
	sum := beam.Combine(s, &addSummaries{Engine: engine}, parts)
	textio.Write(s, output, beam.ParDo(s, asText, sum))
	return nil
}

// asText returns a summary as a line.
func asText(summary []byte) string { return string(summary) }

// judge returns the summary of a stream, as JSON.
func judge(ctx context.Context, engine string, in io.Reader) ([]byte, error) {
	profile, err := browser.ProfileByName(engine)
	if err != nil {
		return nil, err
	}
	r := bulk.Runner{Profile: profile, Workers: 1, Summary: bulk.NewSummary(engine)}
	_, err = r.Run(ctx, in, "in", io.Discard)
	return r.Summary.AppendJSON(nil), err
}

// judgeLines judges lines, many at a time.
type judgeLines struct {
	Engine string
	held   bytes.Buffer
}

// maxHeld is how many bytes of lines are judged at a time.
const maxHeld = 1 << 20

// ProcessElement takes a line.
func (f *judgeLines) ProcessElement(ctx context.Context, line string, emit func([]byte)) error {
	f.held.WriteString(line)
	f.held.WriteByte('\n')
	if f.held.Len() < maxHeld {
		return nil
	}
	return f.FinishBundle(ctx, emit)
}

// FinishBundle judges the lines that are left.
func (f *judgeLines) FinishBundle(ctx context.Context, emit func([]byte)) error {
	defer f.held.Reset()
	summary, err := judge(ctx, f.Engine, &f.held)
	if err == nil {
		emit(summary)
	}
	return err
}

// judgeFiles judges whole files.
type judgeFiles struct{ Engine string }

// ProcessElement judges a file.
func (f *judgeFiles) ProcessElement(ctx context.Context, file fileio.ReadableFile, emit func([]byte)) error {
	in, err := file.Open(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	summary, err := judge(ctx, f.Engine, in)
	if err == nil {
		emit(summary)
	}
	return err
}

// addSummaries adds summaries.
type addSummaries struct{ Engine string }

// CreateAccumulator returns the summary of nothing.
func (f *addSummaries) CreateAccumulator() []byte { return bulk.NewSummary(f.Engine).AppendJSON(nil) }

// MergeAccumulators returns the sum of two summaries.
func (f *addSummaries) MergeAccumulators(a, b []byte) ([]byte, error) {
	sum, err := bulk.DecodeSummary(bytes.NewReader(a))
	if err != nil {
		return nil, err
	}
	more, err := bulk.DecodeSummary(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if err := sum.Add(more); err != nil {
		return nil, err
	}
	return sum.AppendJSON(nil), nil
}
