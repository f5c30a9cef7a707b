package bulk

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/server"
)

// source divides a stream into batches, in order.
type source interface {
	// next returns the next batch, and [io.EOF] after the last.
	next() (batch, error)
}

// batch is some records of a stream.
type batch interface {
	// judge judges the records, from the first one that the run asks for.
	judge(w *worker, p *portion)
}

// portion is a batch in a pipeline, with its verdicts.
type portion struct {
	batch   batch
	out     []byte
	tally   Tally
	summary *Summary // nil if the run wants none
	skipped []*server.InputError
	done    chan struct{}
}

// pipeline is one run: a reader divides the stream into portions, workers judge
// them, and a writer writes their verdicts in the order of the stream.
type pipeline struct {
	*Runner
	name           string
	workers        int
	queue, ordered chan *portion
	free           chan *portion // whose memory can be used again
	// The reader sets form and failed. The writer may read form after it gets a
	// portion, and both after ordered is closed.
	form   Form
	failed error
}

func newPipeline(r *Runner, name string) *pipeline {
	workers := r.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	return &pipeline{
		Runner: r, name: name, workers: workers,
		queue: make(chan *portion), ordered: make(chan *portion, 2*workers), free: make(chan *portion, 3*workers+2),
	}
}

func (p *pipeline) read(ctx context.Context, in io.Reader) {
	defer close(p.ordered)
	defer close(p.queue)
	source, err := p.open(in)
	for err == nil {
		var b batch
		if b, err = source.next(); err == nil && !p.send(ctx, b) {
			return
		}
	}
	if err != io.EOF {
		p.failed = err
	}
}

// open finds out the form of the stream and returns its source.
func (p *pipeline) open(in io.Reader) (source, error) {
	plain, err := scenario.Uncompressed(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.name, err)
	}
	if isHAR(plain) {
		p.form = HAR
	}
	switch {
	case p.form == HAR && p.FromLine > 1:
		return nil, fmt.Errorf("%s is a HAR file; begin at an entry of it, not at a line", p.name)
	case p.form == Lines && p.FromEntry > 0:
		return nil, fmt.Errorf("%s is not a HAR file; begin at a line of it, not at an entry", p.name)
	case p.form == HAR:
		return newEntrySource(plain, p.name), nil
	}
	if isWARC(plain) {
		return &lineSource{cutter{in: &warcLines{in: plain}, line: 1}}, nil
	}
	return &lineSource{cutter{in: plain, line: 1}}, nil
}

// send passes a batch to the workers and, in the order of the stream, to the
// writer.
func (p *pipeline) send(ctx context.Context, b batch) bool {
	var next *portion
	select {
	case next = <-p.free:
	default:
		next = &portion{done: make(chan struct{}, 1)}
	}
	next.batch, next.out, next.skipped, next.tally = b, next.out[:0], next.skipped[:0], Tally{Form: p.form}
	if p.Summary != nil {
		if next.summary == nil {
			next.summary = &Summary{Engine: p.Summary.Engine}
		}
		next.summary.reset()
	}
	select {
	case p.ordered <- next:
	case <-ctx.Done():
		return false
	}
	select {
	case p.queue <- next:
		return true
	case <-ctx.Done():
		return false
	}
}

// work judges portions.
func (p *pipeline) work(ctx context.Context) {
	w := &worker{Runner: p.Runner, ctx: ctx, name: p.name, judge: scenario.NewJudge(p.Profile)}
	for next := range p.queue {
		next.batch.judge(w, next)
		next.done <- struct{}{}
	}
}

// write writes the verdicts, in order.
func (p *pipeline) write(ctx context.Context, out io.Writer) (Tally, error) {
	var total Tally
	for next := range p.ordered {
		select {
		case <-next.done:
		case <-ctx.Done():
			return total, ctx.Err()
		}
		if _, err := out.Write(next.out); err != nil {
			return total, err
		}
		total.add(next.tally)
		if p.Summary != nil {
			next.summary.addTally(next.tally)
			if err := p.Summary.Add(next.summary); err != nil {
				return total, err
			}
		}
		for _, problem := range next.skipped {
			if p.Strict {
				return total, problem
			}
			if p.Skipped != nil {
				p.Skipped(problem)
			}
		}
		if p.Progress != nil {
			p.Progress(total)
		}
		select {
		case p.free <- next:
		default:
		}
	}
	if err := ctx.Err(); err != nil {
		return total, err
	}
	total.Form = p.form
	return total, p.failed
}
