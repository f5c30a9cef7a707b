package answer

import (
	"slices"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/recipe"
)

// AddRecipe writes the repair of a report as a configuration of a system.
func AddRecipe(r *report.Report, system recipe.System) {
	if len(r.Repair.Changes) > 0 {
		r.Recipe = newRecipe(system, recipeText(&r.Repair, &r.Call, system))
	}
}

func newRecipe(system recipe.System, text string) *report.Recipe {
	return &report.Recipe{Server: system.Name(), Word: system.String(), Text: text}
}

// recipeText returns the configuration of a system for a repair, or says why there is
// none. It allows every origin only if the call asks for that, and the origin null
// never: every site can take that one.
func recipeText(repair *explain.Repair, call *report.Call, system recipe.System) string {
	need := repair.Need
	switch {
	case repair.URL != "":
		return "nothing for this URL: let the page request " + repair.URL + ", and check that one\n"
	case need.IsZero():
		return "nothing: the repair does not concern CORS\n"
	case call.AnyOrigin && call.Credentials == fetch.CredentialsInclude:
		return "nothing: to allow every origin is possible without credentials only, and this request has them\n"
	case call.AnyOrigin:
		need.Origin, need.Others, need.Before = "*", nil, nil
	case repair.Opens != nil && call.Credentials == fetch.CredentialsInclude:
		return "nothing: it would open the server to every site, with the user's cookies\n"
	case repair.Opens != nil:
		return "nothing: it would open the server to every site. If every site may read this response, ask for it with --any-origin\n"
	case hasHeaders(repair) && recipe.PreflightPassed(system) != "":
		return "nothing: the CORS headers are right already. " + recipe.PreflightPassed(system) + "\n"
	}
	return recipe.Write(system, need)
}

// hasHeaders reports whether the server sends the right headers already, as far as its
// responses were seen: only the status of preflights has to change.
func hasHeaders(repair *explain.Repair) bool {
	return !slices.ContainsFunc(repair.Changes, func(c server.Change) bool {
		unseen := slices.ContainsFunc(repair.Assumptions, func(a explain.Assumption) bool {
			return a.Code == explain.AssumptionUnseen && a.Target == c.Target
		})
		return c.Op != server.OpStatus && !unseen
	})
}
