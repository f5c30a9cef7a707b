package bulk

import (
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/explain/console"
)

// crawled counts the response of a WAT record. No page asked for it, so it has no
// verdict.
func (w *worker) crawled(p *portion, line string, number int) error {
	answer, err := capture.DecodeCrawled(line)
	if err != nil {
		return err
	}
	p.count(sourceCrawl)
	if p.summary != nil && answer != nil {
		p.summary.countAllowOrigin(answer, "")
	}
	p.end(append(w.head(p.out, "", number), `,"kind":"unknown"}`...), false)
	return nil
}

// flow judges a flow of a proxy.
func (w *worker) flow(p *portion, line string, number int) error {
	row, err := capture.DecodeFlow(line)
	if err != nil {
		return err
	}
	return w.harExchange(p, sourceProxy, w.head(p.out, "", number), row.Exchange())
}

// archived judges a row of HTTP Archive, and compares the verdict with the console.
func (w *worker) archived(p *portion, line string, number int) error {
	row, err := capture.DecodeArchiveRow(line)
	if err != nil {
		return err
	}
	out, x := w.head(p.out, "", number), row.Exchange()
	if row.HasConsole && x.Recording != nil && x.Kind != capture.HARPreflight {
		v, err := w.judge.Judge(x.Recording)
		if err != nil {
			return err
		}
		word := againstConsole(&v, row.Console)
		if p.summary != nil {
			p.summary.Console.add(word)
		}
		out = scenario.AppendText(append(out, `,"console":`...), word)
	}
	return w.harExchange(p, sourceArchive, out, x)
}

// againstConsole says how a verdict compares with the lines of the browser's console.
func againstConsole(v *scenario.Verdict, lines []string) string {
	line, blocked := console.Best(console.Recognize(strings.Join(lines, "\n")))
	blocked = blocked && !line.Warning
	switch {
	case blocked && v.IsNo() && slices.Contains(line.Reasons, v.Failure.Reason):
		return "same-reason"
	case blocked && v.IsNo():
		return "other-reason"
	case blocked:
		return "only-console-blocks"
	case v.IsNo():
		return "only-corsim-blocks"
	}
	return "neither-blocks"
}
