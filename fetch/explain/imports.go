package explain

import (
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/textfmt"
)

// explainImport returns why what a result's resource imports failed.
func explainImport(failed *browser.Result) (e Explanation, ok bool) {
	e, ok = Explain(failed)
	if importer := failed.Importer(); ok && importer != nil {
		e.Sentence += textfmt.Sprintf(" %s imports it, and a %s fails when something that it imports fails.", importer.Request.CurrentURL(), resourceNames[failed.Tag])
	}
	return e, ok
}

// resourceNames are the names of what imports other resources.
var resourceNames = map[browser.Tag]string{browser.TagModule: "module", browser.TagStylesheet: "style sheet"}

// ImportedBy says which resource imports the one of a result; ok is false if none
// does.
func ImportedBy(r *browser.Result) (text string, ok bool) {
	importer := r.Importer()
	if importer == nil {
		return "", false
	}
	return textfmt.Sprintf("%s imports %s", importer.Request.CurrentURL(), r.Request.URL()), true
}

// NotFollowed returns, as sentences, what the resource of an element may load that
// the result does not show.
func NotFollowed(r *browser.Result) []string {
	var out []string
	for _, n := range r.NotFollowed() {
		text := textfmt.Sprintf(notFollowedTexts[n.Why], n.In.WithoutCredentials())
		if n.What != "" {
			text += ": " + visible(n.What)
		}
		if n.Count > 1 {
			text += textfmt.Sprintf(" (and %d more)", n.Count-1)
		}
		out = append(out, text)
	}
	return out
}

// notFollowedTexts are the beginnings of the sentences; %s is the URL of the text.
var notFollowedTexts = map[browser.NotFollowedReason]string{
	browser.NotFollowedUnread:      "what %s imports is not known: this program does not read such texts",
	browser.NotFollowedSyntaxError: "%s does not run, and nothing that it imports is fetched, because of a syntax error",
	browser.NotFollowedSpecifier:   "%s does not run, and nothing that it imports is fetched: without an import map a specifier has to be a URL or begin with /, ./ or ../",
	browser.NotFollowedAttribute:   "%s does not run, and nothing that it imports is fetched: this browser does not know an import attribute",
	browser.NotFollowedDynamic:     "%s calls import() where only running the code shows what it loads, so that is not followed",
	browser.NotFollowedSupports:    "an @import rule of %s has a condition that is not evaluated, so it is not followed",
	browser.NotFollowedURL:         "%s names fonts or images; a browser loads each when an element of the page uses it, so they are not followed",
	browser.NotFollowedFrameScript: "the document %s in the frame runs script, which is not run here: what it requests, and what it tells the page, is not followed",
	browser.NotFollowedInFrame:     "the document %s in the frame was followed, but for one thing",
	browser.NotFollowedFrameLimit:  "the document %s in the frame makes more calls than are followed",
	browser.NotFollowedLimit:       "not everything that %s imports was loaded: there are too many imports",
}
