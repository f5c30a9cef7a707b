package bulk

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/conformance/pagescript"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/server"
)

// worker judges records, one after another.
type worker struct {
	*Runner
	ctx       context.Context
	name      string
	judge     *scenario.Judge
	recording scenario.Recording
	// page is the page whose origin was asked for last.
	page, pageOrigin string
}

// skip notes that the record at a place cannot be judged, and reports whether to go on.
func (w *worker) skip(p *portion, at server.Position, err error) bool {
	problem := server.At(at, err)
	problem.Skippable = true
	p.skipped = append(p.skipped, problem)
	if w.Strict {
		return false
	}
	p.tally.Skipped++
	return true
}

// start appends the beginning of a verdict.
func (w *worker) start(out []byte) []byte {
	out = append(out, '{')
	if w.File != "" {
		out = append(scenario.AppendText(append(out, `"file":`...), w.File), ',')
	}
	return out
}

// bad appends the line of a record that cannot be judged.
func (w *worker) bad(p *portion, key string, number int, err error) {
	p.out = strconv.AppendInt(append(append(w.start(p.out), key...), ':'), int64(number), 10)
	p.out = append(scenario.AppendText(append(p.out, `,"error":`...), bounded(err.Error())), "}\n"...)
}

// maxProblem is how many bytes of an error are in a line.
const maxProblem = 1 << 10

// bounded cuts a text that is too long, because it may repeat a record.
func bounded(text string) string {
	if len(text) > maxProblem {
		return strings.ToValidUTF8(text[:maxProblem], "") + "…"
	}
	return text
}

// line judges the record of a line.
func (w *worker) line(p *portion, line string, number int) error {
	err := w.recording.Decode(line)
	if err == nil {
		p.count(sourceExchange)
		return w.exchange(p, w.head(p.out, w.recording.ID, number), &w.recording)
	}
	// Nearly all lines are recordings, so the other forms come last.
	switch keyOf(line) {
	case "steps", "server":
		return w.scenario(p, line)
	case "request":
		return w.entry(p, line, number)
	case "client_conn", "server_conn":
		return w.flow(p, line, number)
	case "request_headers", "response_headers":
		return w.archived(p, line, number)
	case "Envelope":
		return w.crawled(p, line, number)
	case "log":
		return errors.New("this line is a whole HAR file; judge the file by itself")
	}
	return err
}

// head appends the beginning of a verdict on a line.
func (w *worker) head(out []byte, id string, number int) []byte {
	if id != "" {
		return scenario.AppendText(append(w.start(out), `"id":`...), id)
	}
	return strconv.AppendInt(append(w.start(out), `"line":`...), int64(number), 10)
}

// keyOf returns the first key that shows the form of an object; "" if there is
// none.
func keyOf(line string) string {
	dec := jsontext.NewDecoder(strings.NewReader(line))
	if token, err := dec.ReadToken(); err != nil || token.Kind() != '{' {
		return ""
	}
	for dec.PeekKind() == '"' {
		name, err := dec.ReadToken()
		if err != nil {
			return ""
		}
		switch key := name.String(); key {
		case "steps", "server", "request", "log", "client_conn", "server_conn", "request_headers", "response_headers", "Envelope":
			return key
		}
		if dec.SkipValue() != nil {
			return ""
		}
	}
	return ""
}

// count counts a record by what it is.
func (p *portion) count(source string) {
	if p.summary != nil {
		p.summary.Sources.add(source)
	}
}

// exchange judges a recording. out holds the start of the line, before the verdict.
func (w *worker) exchange(p *portion, out []byte, r *scenario.Recording) error {
	v, err := w.judge.Judge(r)
	if err != nil {
		return err
	}
	p.end(append(v.AppendMembers(append(out, ',')), '}'), v.IsNo())
	if p.summary != nil {
		w.measure(p.summary, r, &v)
	}
	return nil
}

// end adds the complete line of a verdict to the output.
func (p *portion) end(out []byte, no bool) {
	p.out = append(out, '\n')
	p.tally.Judged++
	if no {
		p.tally.Blocked++
	}
}

// scenario plays a scenario. Its verdict holds the verdicts of its steps.
func (w *worker) scenario(p *portion, line string) error {
	s, err := scenario.Decode(line)
	if err != nil {
		return err
	}
	run, err := (&scenario.Runner{Profile: w.Profile, Documents: pagescript.Runner{}}).Run(w.ctx, s)
	if err != nil {
		return err
	}
	p.count(sourceScenario)
	out := append(w.head(p.out, s.Name, 0), `,"steps":[`...)
	no := false
	for i := range run.Steps {
		if i > 0 {
			out = append(out, ',')
		}
		result := run.Steps[i].Result
		if result == nil {
			out = append(out, `{"outcome":"waited"}`...)
			continue
		}
		v := scenario.VerdictOf(result)
		if p.summary != nil {
			p.summary.countVerdict(&v)
			p.summary.Outcomes.add(outcomeOf(&v))
		}
		no = no || v.IsNo()
		out = append(v.AppendMembers(append(out, '{')), '}')
	}
	p.end(append(out, `]}`...), no)
	return nil
}

// entry judges a line that is an entry of a HAR file.
func (w *worker) entry(p *portion, line string, number int) error {
	e, err := capture.DecodeHAREntry(line)
	if err != nil {
		return err
	}
	return w.harExchange(p, sourceHAR, w.head(p.out, "", number), e.Exchange())
}

// harExchange judges an entry of a HAR file. out holds the start of the line,
// before the verdict. An entry that CORS does not apply to has a kind and no
// outcome.
func (w *worker) harExchange(p *portion, source string, out []byte, x *capture.HARExchange) error {
	p.count(source)
	if x.Recording != nil && x.Kind != capture.HARPreflight {
		return w.exchange(p, out, x.Recording)
	}
	if p.summary != nil {
		p.summary.Kinds.add(string(x.Kind))
	}
	out = scenario.AppendText(append(out, `,"kind":`...), string(x.Kind))
	if x.For >= 0 {
		out = strconv.AppendInt(append(out, `,"for":`...), int64(x.For), 10)
	}
	no := false
	if x.Recording != nil {
		v, err := w.judge.Judge(x.Recording)
		if err != nil {
			return err
		}
		out, no = v.AppendOutcome(append(out, ',')), v.IsNo()
	}
	p.end(append(out, '}'), no)
	return nil
}
