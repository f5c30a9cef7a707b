package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newMan makes the command that writes the manual pages. It is for those who pack
// corsim, so that the help does not list it.
func newMan(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:    "man FOLDER",
		Short:  "Write the manual pages",
		Long:   "Write a manual page for each command into a folder. man -l FOLDER/corsim.1 shows the first one.",
		Args:   takes(1, "folder"),
		Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return err
			}
			n, err := writeManuals(args[0], cmd.Root())
			if err == nil {
				fmt.Fprintf(t.stdout, "%d manual pages are in %s\n", n, args[0])
			}
			return err
		},
	}
}

// writeManuals writes the pages of a command and of those below it, and returns how many
// there are.
func writeManuals(folder string, cmd *cobra.Command) (n int, err error) {
	if cmd.Hidden {
		return 0, nil
	}
	file := filepath.Join(folder, manualName(cmd)+".1")
	if err := os.WriteFile(file, []byte(manual(cmd)), 0o644); err != nil {
		return 0, err
	}
	n = 1
	for _, sub := range cmd.Commands() {
		more, err := writeManuals(folder, sub)
		if err != nil {
			return n, err
		}
		n += more
	}
	return n, nil
}

func manualName(cmd *cobra.Command) string { return strings.ReplaceAll(cmd.CommandPath(), " ", "-") }

// manual returns the page of a command, in the macros of man(7).
func manual(cmd *cobra.Command) string {
	var out strings.Builder
	name := manualName(cmd)
	fmt.Fprintf(&out, ".TH \"%s\" \"1\" \"\" \"corsim\" \"corsim\"\n", strings.ToUpper(name))
	fmt.Fprintf(&out, ".SH NAME\n%s \\- %s\n", roff(name), roff(cmd.Short))
	fmt.Fprintf(&out, ".SH SYNOPSIS\n.B %s\n", roff(cmd.UseLine()))
	out.WriteString(".SH DESCRIPTION\n" + literal(cmd.Long))
	if flags := cmd.NonInheritedFlags(); flags.HasAvailableFlags() {
		out.WriteString(".SH OPTIONS\n")
		flags.VisitAll(func(f *pflag.Flag) { out.WriteString(manualFlag(f)) })
	}
	if cmd.Example != "" {
		out.WriteString(".SH EXAMPLES\n" + literal(cmd.Example))
	}
	var others []string
	if cmd.HasParent() {
		others = append(others, manualName(cmd.Parent()))
	}
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			others = append(others, manualName(sub))
		}
	}
	if others != nil {
		out.WriteString(".SH SEE ALSO\n" + roff(strings.Join(others, "(1), ")) + "(1)\n")
	}
	return out.String()
}

// manualFlag returns a flag with its meaning.
func manualFlag(f *pflag.Flag) string {
	value, usage := pflag.UnquoteUsage(f)
	head := "--" + f.Name
	if f.Shorthand != "" {
		head = "-" + f.Shorthand + ", " + head
	}
	if value != "" {
		head += " " + value
	}
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" && f.DefValue != "0" {
		usage += " (default " + f.DefValue + ")"
	}
	return ".TP\n.B " + roff(head) + "\n" + roff(usage) + "\n"
}

// literal returns a text whose line breaks stay.
func literal(text string) string {
	var out strings.Builder
	out.WriteString(".nf\n")
	for line := range strings.Lines(text) {
		out.WriteString(roff(strings.TrimRight(line, "\n")) + "\n")
	}
	return out.String() + ".fi\n"
}

// roff returns a text without what roff takes for its own. Letters outside of ASCII get
// their names.
func roff(text string) string {
	var out strings.Builder
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		out.WriteString(`\&`)
	}
	for _, r := range text {
		switch {
		case r == '\\':
			out.WriteString(`\e`)
		case r == '-':
			out.WriteString(`\-`)
		case r == '\n':
			out.WriteByte(' ')
		case r > '~':
			fmt.Fprintf(&out, `\[u%04X]`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
