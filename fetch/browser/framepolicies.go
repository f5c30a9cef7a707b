package browser

import (
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/policy"
	"github.com/corsim/corsim/origin"
)

// setPolicies gives the document of a frame its policies and sandboxing flags.
// https://html.spec.whatwg.org/#determining-navigation-params-policy-container
func (n *navigation) setPolicies(out *Page, r *Result) {
	parent, client := n.page, &out.client
	trustworthy := parent.rules().mixedContent.IsTrustworthy(parent.client.URL)
	client.InsecureAncestor = parent.client.InsecureAncestor || !trustworthy
	if client.URL.IsLocal() {
		// A document without a server has the policies of the one that navigates to it.
		client.PolicyContainer = parent.client.PolicyContainer
		return
	}
	header := r.Response.Unfiltered().Header
	client.PolicyContainer, out.unmodelled = policy.Parse(client.URL, header)
	container := &client.PolicyContainer
	container.EmbedderPolicy = parent.rules().embedderPolicy(container.EmbedderPolicy)
	// WebKit: without a policy of its own the document has that of the page (frames-inherit-referrer-policy).
	if parent.rules().FramesInheritReferrerPolicy && container.ReferrerPolicy == fetch.ReferrerPolicyEmpty {
		container.ReferrerPolicy = parent.client.PolicyContainer.ReferrerPolicy
	}
	if client.InsecureAncestor {
		container.EmbedderPolicy = fetch.EmbedderPolicyUnsafeNone
	}
	if words, ok := policy.SandboxOf(container.CSP); ok {
		out.sandbox |= parseSandbox(strings.Join(words, " "))
	}
}

// delegate gives the document of a frame the features that the document which contains it
// lets it have. The URL is that of the element.
func (n *navigation) delegate(client *fetch.Client, source origin.URL) {
	container := &n.page.client
	context := policy.FrameContext{Allow: n.allow, Container: container.Origin, Source: source.Origin(), Document: client.Origin}
	client.NoLocalNetwork, client.NoLoopbackNetwork = n.page.rules().localNetwork.Delegate(container, &context)
	client.NoSyncXHR = container.NoSyncXHR || context.Withholds(policy.FeatureSyncXHR)
	client.CrossOriginIsolated = container.CrossOriginIsolated && context.Delegates("cross-origin-isolated")
}

// frameRules are about frames and forms.
type frameRules struct {
	// onDocument are the checks of the document of a frame.
	onDocument checks
	// RefusedFrames says which event an iframe element fires whose frame was refused.
	// Those that are not in it fire load.
	RefusedFrames map[refusedFrame]FrameEvent
	// FormActionInFetch: form-action is one of the checks of a request, and not of the
	// form before it.
	FormActionInFetch bool
	// UpgradesSpareRedirectedFrames: upgrade-insecure-requests does not upgrade the target
	// of a redirect of a frame.
	UpgradesSpareRedirectedFrames bool
	// SrcdocURLsLoad: an iframe element whose attribute src is about:srcdoc has an empty
	// document with the page's origin.
	SrcdocURLsLoad bool
	// FormActionThrows: submit() throws if form-action does not allow the form.
	FormActionThrows bool
	// FramesInheritReferrerPolicy: the document of a frame that has no referrer policy has
	// that of the page.
	FramesInheritReferrerPolicy bool
	// CredentiallessUnknown: the embedder policy "credentialless" is not known.
	CredentiallessUnknown bool
	// UnknownCORPPasses: for an embedder policy, an unknown value of
	// Cross-Origin-Resource-Policy does not count as a missing one.
	UnknownCORPPasses bool
}

// refusedFrame is what the event of a refused frame depends on.
type refusedFrame struct {
	api    API
	reason fetch.Reason
}

// fireOnRefusal sets the event of frames, and of the frames of forms, that are refused
// for one of the reasons.
func (r *rules) fireOnRefusal(event FrameEvent, apis []API, reasons ...fetch.Reason) {
	own := make(map[refusedFrame]FrameEvent, len(r.RefusedFrames)+len(reasons))
	for key, e := range r.RefusedFrames {
		own[key] = e
	}
	for _, api := range apis {
		for _, reason := range reasons {
			own[refusedFrame{api, reason}] = event
		}
	}
	r.RefusedFrames = own
}

// eventOfRefusedFrame returns the event of a frame that was refused.
func (r *rules) eventOfRefusedFrame(result *Result) FrameEvent {
	return r.RefusedFrames[refusedFrame{result.API, result.Failure.Reason}]
}
