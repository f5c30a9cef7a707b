package console

import (
	"cmp"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
)

// graph returns what is printed of a resource that loaded others: the lines of each, and
// after them the errors that modules end with.
func (w webkit) graph(r *browser.Result) []Line {
	var lines []Line
	errors := r.ModuleErrors()
	for i, l := range r.Loads() {
		for len(errors) > 0 && errors[0].After <= i {
			lines, errors = w.appendErrors(lines, errors[:1]), errors[1:]
		}
		lines = append(lines, printerOf(l).lines(l)...)
	}
	return w.appendErrors(lines, errors)
}

// appendErrors appends the lines about errors of modules.
func (w webkit) appendErrors(lines []Line, errors []browser.ModuleError) []Line {
	for i := range errors {
		l, ok := w.moduleError(&errors[i])
		if !ok {
			continue
		}
		if errors[i].IsRejection {
			l = webkitRejection.line(nil).holding(l)
		}
		lines = append(lines, l)
	}
	return lines
}

// moduleError returns the error that script gets; ok is false where only running a parser of
// scripts tells its text.
func (w webkit) moduleError(e *browser.ModuleError) (l Line, ok bool) {
	switch {
	case e.Failed != nil:
		return w.moduleFailure(e.Failed), true
	case e.IsSyntaxError:
		return Line{}, false
	case e.Import.UnknownAttribute != "":
		return webkitAttributeName.line(fields{{"value", e.Import.UnknownAttribute}}), true
	case e.IsAttribute:
		return webkitAttributeType.line(fields{{"value", e.Import.Type}}), true
	}
	return webkitSpecifier.line(fields{{"value", e.Import.Specifier}}), true
}

// moduleFailure returns the error of a module that could not be fetched.
func (webkit) moduleFailure(r *browser.Result) Line {
	switch r.Failure.Reason {
	case fetch.ReasonElementType, fetch.ReasonNosniff, fetch.ReasonMIMETypeBlocked:
		if !statusIsToBlame(r) {
			return webkitModuleType.line(fields{{"value", latin1(cmp.Or(loadedType(r, true), "text/plain"))}})
		}
	case fetch.ReasonCSP, fetch.ReasonMixedContent:
	default:
		if isAccessControl(r) {
			return webkitModuleDenied.line(nil)
		}
	}
	return webkitModuleFailed.line(nil)
}
