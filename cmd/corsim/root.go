package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func newRoot(t *terminal) *cobra.Command {
	root := &cobra.Command{
		Use:   "corsim",
		Short: "Say what a browser does with a request to another origin, and why",
		Long: `corsim says, offline, what a browser does with a request to another origin.

An origin is a scheme, a host and a port. A page may send almost any request to another
origin. The browser protects the response: script may read it only when the server allows it
with Access-Control-* headers. A simple request is sent at once. A request that an HTML form
cannot make is preflighted: the browser first sends an OPTIONS request.`,
		Example: `  corsim origin https://example.com:443/page https://api.example.com/
  corsim classify --from https://myapp.com -X PUT -H 'Content-Type: application/json' https://api.example.com/users
  corsim run guide
  corsim run -v my-scenarios.jsonl
  corsim explain allow-origin-missing
  corsim check --from https://myapp.com https://api.example.com/users`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			message := fmt.Sprintf("unknown command %q", args[0])
			if cmd.Flags().Lookup(args[0]) != nil {
				message += "; did you mean --" + args[0] + "?"
			}
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				message += "; did you mean " + strings.Join(near, " or ") + "?"
			}
			return fmt.Errorf("%s", message)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(explainFlag)
	build, _ := debug.ReadBuildInfo()
	root.Version = versionText(build)
	root.SetVersionTemplate("{{.Version}}")
	// Without this line cobra would also use -v for the version.
	root.Flags().Bool("version", false, "print the versions of corsim, the standards and the recorded browsers")
	root.AddCommand(newRun(t), newCompare(t), newOrigin(t), newClassify(t), newEngines(t), newExplain(t))
	root.AddCommand(newJudge(t), newConform(t))
	root.AddCommand(newCheck(t), newConfig(t), newLint(t), newEval(t), newCurl(t), newFetch(t), newHar(t))
	root.AddCommand(newRecord(t), newDrift(t), newMCP(t), newPlay(t), newSite(t), newMan(t))
	return root
}

// words returns a completion function for a flag with fixed words.
func words(list ...string) func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return list, cobra.ShellCompDirectiveNoFileComp
	}
}

// complete registers the words of a flag. It panics if the flag does not exist.
func complete(cmd *cobra.Command, flag string, list ...string) {
	if err := cmd.RegisterFlagCompletionFunc(flag, words(list...)); err != nil {
		panic(err)
	}
}

// takes returns the check that a command has n arguments, which a noun names.
func takes(n int, noun string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("%s takes %d %s, not %d; %s --help says more", cmd.Name(), n, noun, len(args), cmd.CommandPath())
		}
		return nil
	}
}
