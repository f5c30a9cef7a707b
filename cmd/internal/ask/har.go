package ask

import (
	"context"
	"errors"
	"fmt"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/fetch/report"
)

// HARQuestion is a HAR file to judge.
type HARQuestion struct {
	HAR *capture.HAR
	// From is the URL or the origin of the page that made all requests; "" takes
	// it from each entry.
	From string
	// Profiles are the browsers; nil means the recorded browser, or the standard when
	// the file does not name the browser.
	Profiles []*browser.Profile
	// HSTS holds the hosts of which the browser knew that they want https, and Logins what
	// it remembered.
	HSTS   policy.HSTS
	Logins []browser.Login
}

// HARAnswer is the answer for one entry.
type HARAnswer struct {
	Entry   *capture.HAREntry
	Verdict *capture.HARVerdict // of the first browser
	// Call is the judged call, Report its result. Both are nil for an entry that is
	// not judged.
	Call   *Call
	Report *report.Report
	// Disagrees reports whether the recorded browser had another result.
	Disagrees bool
}

// IsBad reports whether the request was blocked or could not be judged, or the
// recorded browser had another result.
func (a *HARAnswer) IsBad() bool { return a.Report != nil && (a.Report.IsBlocked() || a.Disagrees) }

// HAR judges the entries of a HAR file in their order, and calls a function with
// each answer.
func HAR(ctx context.Context, q HARQuestion, answer func(*HARAnswer) error) error {
	profiles, err := q.profiles()
	if err != nil {
		return err
	}
	verdicts := make([][]capture.HARVerdict, len(profiles))
	for i, p := range profiles {
		if verdicts[i], err = q.HAR.Judge(ctx, p, q.From, browser.WithHSTS(q.HSTS), browser.WithLogins(q.Logins)); err != nil {
			return err
		}
	}
	for i := range q.HAR.Entries {
		same := make([]*capture.HARVerdict, len(verdicts))
		for k := range verdicts {
			same[k] = &verdicts[k][i]
		}
		a, err := q.entry(ctx, same)
		if err == nil {
			err = answer(a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (q *HARQuestion) profiles() ([]*browser.Profile, error) {
	switch {
	case len(q.Profiles) > 0:
		return q.Profiles, nil
	case q.HAR.Engine == "":
		return []*browser.Profile{browser.Spec()}, nil
	}
	p, err := browser.ProfileByName(q.HAR.Engine)
	return []*browser.Profile{p}, err
}

// errOtherEntries is the error for a mistake in the program.
var errOtherEntries = errors.New("the browsers do not judge the same entries")

// entry returns the answer for one entry from the verdicts of all browsers.
func (q *HARQuestion) entry(ctx context.Context, verdicts []*capture.HARVerdict) (*HARAnswer, error) {
	v := verdicts[0]
	a := &HARAnswer{Entry: &q.HAR.Entries[v.Index], Verdict: v}
	if v.Result == nil {
		return a, nil
	}
	c, err := NewCall(CallQuestion{From: v.Page, Init: v.Call.Init})
	if err != nil {
		return nil, fmt.Errorf("entry %d: %w", v.Index, err)
	}
	r := c.newReport()
	r.Entry = &v.Index
	for _, v := range verdicts {
		if v.Result == nil {
			return nil, errOtherEntries
		}
		r.Runs = append(r.Runs, report.Run{Profile: v.Result.Profile, Results: []*browser.Result{v.Result}, Unanswered: v.Unanswered})
	}
	if err := c.addRepair(ctx, nil, r); err != nil {
		return nil, err
	}
	for _, note := range v.Call.Notes {
		r.AddNote("%s", note)
	}
	noteLocalNetwork(v, r)
	for _, v := range verdicts {
		if q.HAR.Disagrees(v) && v.Result.Profile.Name() == q.HAR.Engine {
			a.Disagrees = true
			r.AddNote("the recorded browser had another result: %s", a.RecordedOutcome())
		}
	}
	a.Call, a.Report = c, r
	return a, nil
}

// Document returns an entry that is not judged, for JSON.
func (a *HARAnswer) Document() *report.EntryDocument {
	d := &report.EntryDocument{
		Version: report.Version, Entry: a.Verdict.Index, Kind: string(a.Verdict.Kind),
		Method: a.Entry.Request.Method, URL: a.Entry.Request.URL.String(),
	}
	if a.Verdict.RedirectOf >= 0 {
		d.RedirectOf = &a.Verdict.RedirectOf
	}
	return d
}

// RecordedOutcome returns what the file says about the outcome of the entry.
func (a *HARAnswer) RecordedOutcome() string {
	switch {
	case a.Entry.Error != "":
		return "it failed with " + a.Entry.Error
	case a.Entry.Failed:
		return "no response is recorded"
	}
	return "it did not fail"
}

// noteLocalNetwork adds a note when the browser asked its user before it sent a request,
// and the file does not show the answer.
func noteLocalNetwork(v *capture.HARVerdict, r *report.Report) {
	if len(v.Unanswered) == 0 {
		return
	}
	for _, access := range v.Result.Trace.LocalNetwork {
		if access.Verdict == policy.LocalNetworkAllowed {
			r.AddNote("the server of %s is in the %s address space and the page is taken to be public: the browser asks its user for the permission %s then, and may have refused "+
				"the request before it was sent, without a preflight; no header of the server can change that",
				access.URL.Host(), access.Server, policy.PermissionName(access.Server))
		}
	}
}
