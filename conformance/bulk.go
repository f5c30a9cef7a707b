package conformance

import (
	"bytes"
	"context"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/corsim/corsim/fetch/browser"
)

// Bulk judges recordings from JSON Lines on several goroutines, and writes the
// verdicts in the order of the lines. How much memory it takes does not follow
// from how many there are.
type Bulk struct {
	Profile *browser.Profile
	// Workers is how many goroutines judge; 0 is one for each processor.
	Workers int
	// FromLine is the number of the first line to judge; 0 is the first one.
	FromLine int
	// Strict ends the run at the first line that holds no recording. Otherwise
	// Skipped, if it is not nil, is told of it.
	Strict  bool
	Skipped func(*DecodeError)
	// Progress, if it is not nil, is told every now and then how far the run is.
	Progress func(BulkTally)
}

// BulkTally counts what a run has come to.
type BulkTally struct {
	// Line is the number of the last line that was read.
	Line int
	// Judged and Skipped count lines with and without a recording; Blocked counts
	// the verdicts that are neither shared nor opaque nor a redirect.
	Judged, Skipped, Blocked int
}

// Run judges all recordings of in, plain or compressed with gzip; name stands
// for it in errors. What is due to the content is a [*DecodeError]. The tally
// holds what has been written to out, whatever the error. When there is one, a
// read of in may still be under way.
func (b *Bulk) Run(ctx context.Context, in io.Reader, name string, out io.Writer) (BulkTally, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := b.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &pipeline{bulk: b, name: name, queue: make(chan *portion), ordered: make(chan *portion, 2*workers), free: make(chan *portion, 3*workers+2)}
	go p.read(ctx, in)
	for range workers {
		go p.work()
	}
	return p.write(ctx, out)
}

// pipeline is one run: a reader cuts the input into portions, workers judge
// them, and a writer takes them in the order in which they were cut.
type pipeline struct {
	bulk           *Bulk
	name           string
	queue, ordered chan *portion
	free           chan *portion // whose memory is there to be used again
	failed         error         // of reading; for the writer once ordered is closed
}

// portion is some whole lines on their way through the pipeline.
type portion struct {
	text    string
	line    int  // the number of the first line
	long    bool // the text stands for a line that is too long
	out     []byte
	tally   BulkTally
	skipped []*DecodeError
	done    chan struct{}
}

// portionSize is how many bytes of lines are judged at a time.
const portionSize = 128 << 10

func (p *pipeline) read(ctx context.Context, in io.Reader) {
	defer close(p.ordered)
	defer close(p.queue)
	cut := cutter{line: 1}
	if cut.in, p.failed = unzipped(in); p.failed != nil {
		return
	}
	for {
		text, long, line, err := cut.next()
		last := line + strings.Count(text, "\n")
		if err == nil && text != "" && last > p.bulk.FromLine-1 {
			if !p.send(ctx, text, long, line) {
				return
			}
		}
		if err != nil {
			if err != io.EOF {
				p.failed = err
			}
			return
		}
	}
}

// send hands a portion to the workers and, in its turn, to the writer.
func (p *pipeline) send(ctx context.Context, text string, long bool, line int) bool {
	var next *portion
	select {
	case next = <-p.free:
	default:
		next = &portion{done: make(chan struct{}, 1)}
	}
	next.text, next.long, next.line = text, long, line
	next.out, next.skipped, next.tally = next.out[:0], next.skipped[:0], BulkTally{}
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
func (p *pipeline) work() {
	judge, recording := NewJudge(p.bulk.Profile), new(Recording)
	for next := range p.queue {
		p.judge(next, judge, recording)
		next.done <- struct{}{}
	}
}

func (p *pipeline) judge(next *portion, judge *Judge, recording *Recording) {
	number := next.line - 1
	for text := next.text; text != ""; {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if number++; number < p.bulk.FromLine {
			continue
		}
		next.tally.Line = number
		if strings.TrimLeft(line, " \t\r") == "" && !next.long {
			continue
		}
		verdict, err := Verdict{}, error(nil)
		if next.long || len(line) > MaxLine {
			err = problemf("the line has more than %d bytes", MaxLine)
		} else if err = recording.Decode(line); err == nil {
			verdict, err = judge.Judge(recording)
		}
		if err != nil {
			at := lines{name: p.name, number: number}
			next.skipped = append(next.skipped, at.at(err).(*DecodeError))
			if p.bulk.Strict {
				return
			}
			next.tally.Skipped++
			continue
		}
		next.tally.Judged++
		if verdict.Outcome == VerdictBlocked || verdict.Outcome == VerdictThrew {
			next.tally.Blocked++
		}
		next.out = append(verdict.AppendJSON(next.out, recording.ID, number), '\n')
	}
}

// write writes what has been judged, in order.
func (p *pipeline) write(ctx context.Context, out io.Writer) (BulkTally, error) {
	var total BulkTally
	for next := range p.ordered {
		select {
		case <-next.done:
		case <-ctx.Done():
			return total, ctx.Err()
		}
		if _, err := out.Write(next.out); err != nil {
			return total, err
		}
		total.Line = max(total.Line, next.tally.Line)
		total.Judged += next.tally.Judged
		total.Skipped += next.tally.Skipped
		total.Blocked += next.tally.Blocked
		for _, problem := range next.skipped {
			if p.bulk.Strict {
				return total, problem
			}
			if p.bulk.Skipped != nil {
				p.bulk.Skipped(problem)
			}
		}
		if p.bulk.Progress != nil {
			p.bulk.Progress(total)
		}
		select {
		case p.free <- next:
		default:
		}
	}
	if err := ctx.Err(); err != nil {
		return total, err
	}
	return total, p.failed
}

// cutter cuts a stream into portions that end where lines end.
type cutter struct {
	in   io.Reader
	buf  []byte
	held int // the bytes in buf that belong to the next portion
	line int // the number of the line that comes next
	done error
}

// next returns some lines and the number of the first. With long it is the
// start of a line that is too long, of which the rest is left out.
func (c *cutter) next() (text string, long bool, line int, err error) {
	line = c.line
	for c.done == nil {
		if c.held == len(c.buf) {
			if c.held > MaxLine {
				c.skipLine()
				c.held = 0
				c.line++
				return "…", true, line, nil
			}
			c.buf = append(c.buf, make([]byte, max(portionSize, len(c.buf)))...)
		}
		n, err := c.in.Read(c.buf[c.held:])
		c.done = err
		end := bytes.LastIndexByte(c.buf[c.held:c.held+n], '\n') + 1
		if end == 0 {
			c.held += n
			continue
		}
		end += c.held
		text := string(c.buf[:end])
		c.held = copy(c.buf, c.buf[end:c.held+n])
		c.line += strings.Count(text, "\n")
		// One long line is no reason to keep as much memory for all others.
		if c.held < portionSize && len(c.buf) > portionSize {
			c.buf = slices.Clone(c.buf[:portionSize])
		}
		return text, false, line, nil
	}
	if c.held > 0 && c.done == io.EOF {
		text = string(c.buf[:c.held])
		c.held = 0
		return text, false, line, nil
	}
	return "", false, line, c.done
}

// skipLine reads to the end of the line.
func (c *cutter) skipLine() {
	one := make([]byte, 1)
	for c.done == nil {
		n, err := c.in.Read(one)
		if c.done = err; n == 1 && one[0] == '\n' {
			return
		}
	}
}
