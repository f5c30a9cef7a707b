package ask

import (
	"context"
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
)

// localNetworkPolicies says what local network access does to the call in browsers before
// it is sent. Hosts are where the question says, or else where their names suggest.
func (c *Call) localNetworkPolicies(ctx context.Context, api ClassifyAPI) ([]explain.AppliedPolicy, error) {
	network := c.Network
	if network == nil {
		network = new(Network)
	}
	var engines []string
	var texts []explain.AppliedPolicy
	allowed := browser.WithTransport(fetch.TransportFunc(allowWhatIsAsked))
	for _, p := range []*browser.Profile{browser.Chromium(), browser.Firefox(), browser.WebKit()} {
		b := browser.New(p, append(network.options(c.page), browser.WithPermissions(network.Permissions))...)
		page, err := b.Open(c.page.String(), append(slices.Clone(c.options), allowed)...)
		if err != nil {
			return nil, &FieldError{"from", err}
		}
		r, err := api.call(ctx, page, c.Init)
		if err != nil {
			return nil, err
		}
		if r.Failure == nil || !r.Failure.Reason.IsLocalNetwork() {
			continue
		}
		e, _ := explain.Explain(r)
		at := slices.IndexFunc(texts, func(t explain.AppliedPolicy) bool { return t.Text == e.Sentence })
		if at < 0 {
			texts, engines = append(texts, explain.AppliedPolicy{Name: "local network access", Text: e.Sentence}), append(engines, p.Name())
			continue
		}
		engines[at] += ", " + p.Name()
	}
	for i := range texts {
		texts[i].Text = engines[i] + ": " + texts[i].Text
	}
	return texts, nil
}
