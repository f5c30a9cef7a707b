package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// configHint returns what to add to the error of a command that was given a
// configuration and does not read one; "" in other cases, and where the arguments are
// another command.
func (t *terminal) configHint(cmd *cobra.Command) string {
	if f := cmd.Flags(); cmd.Name() == "config" || f.Changed("config") || f.ArgsLenAtDash() == 0 {
		return ""
	}
	for _, arg := range cmd.Flags().Args() {
		if what := t.recognised(arg); what != "" {
			return fmt.Sprintf("; %s looks like %s: for what browsers do with it, use corsim check --config %s --from ORIGIN URL, and for what it says, corsim config %s",
				arg, what, arg, arg)
		}
	}
	return ""
}

// recognised returns the title of the kind of configuration that a file surely or
// probably is; "" when it is none.
func (t *terminal) recognised(name string) string {
	info, err := os.Stat(t.path(name))
	if err != nil || !info.Mode().IsRegular() || info.Size() > maxCapture {
		return ""
	}
	text, err := os.ReadFile(t.path(name))
	if err != nil {
		return ""
	}
	best, title := server.Possible, ""
	for _, r := range config.Readers() {
		if sure := r.Recognise(name, string(text)); sure > best {
			best, title = sure, r.Title
		}
	}
	return title
}
