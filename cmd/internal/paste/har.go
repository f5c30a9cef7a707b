package paste

import (
	"context"
	"errors"
	"strings"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/server"
)

// readHAR reads the first request of a HAR file that the browser blocks, or the first
// one under CORS.
func readHAR(ctx context.Context, text string, base *scenario.Scenario) (*Reading, error) {
	har, err := capture.ReadHAR(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	for _, page := range []string{"", base.Page} {
		verdicts, err := har.Judge(ctx, browser.Spec(), page)
		if err != nil {
			return nil, err
		}
		if v := chosen(verdicts); v != nil {
			return fromVerdict(har, v, base)
		}
	}
	return nil, errors.New("the HAR has no request under CORS")
}

// chosen returns the first request that is blocked, or the first one that was judged.
func chosen(verdicts []capture.HARVerdict) (out *capture.HARVerdict) {
	for i := range verdicts {
		v := &verdicts[i]
		switch {
		case v.Result == nil:
		case v.Result.Outcome == browser.Blocked:
			return v
		case out == nil:
			out = v
		}
	}
	return out
}

// fromVerdict returns the scenario of an entry.
func fromVerdict(har *capture.HAR, v *capture.HARVerdict, base *scenario.Scenario) (*Reading, error) {
	var rules server.Script
	for _, i := range []int{v.Preflight, v.RedirectOf, v.Index} {
		if i < 0 {
			continue
		}
		if e := &har.Entries[i]; e.Response != nil {
			rules = append(rules, ruleOf(&e.Request, e.Response))
		}
	}
	for i := range v.Result.Trace.Exchanges {
		x := &v.Result.Trace.Exchanges[i]
		if x.Response == nil {
			continue
		}
		if rule := ruleOf(&x.Request, x.Response); !answers(rules, &rule) {
			rules = append(rules, rule)
		}
	}
	call := *v.Call
	if call.Page == "" {
		call.Page = v.Page
	}
	return fromCall("an entry of a HAR file", &call, rules, base)
}
