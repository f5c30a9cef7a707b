package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/corsim/corsim/cmd/internal/ask"
	"github.com/corsim/corsim/fetch/report"
	"github.com/corsim/corsim/fetch/server"
)

const configHelp = `Read the configuration of a server as it stands, and print what corsim understands of it: what it says about
CORS, its routes, what is assumed, and what is not known. No server is started or asked. "corsim check
--config" says what browsers do with such a server.

With --answer, each line of standard input is a request and each line of the output its answer, both as a
JSON object:

  {"id": 1, "method": "GET", "target": "/users", "headers": [["Host", "api.example.com"]], "body": ""}
  {"id": 1, "status": 200, "headers": [["Access-Control-Allow-Origin", "*"]]}

"headers" holds pairs in the order sent; "body" may be missing. The answer to a request that depends on
something the configuration does not say has "unknown" instead, with the reason; "statusUnknown" replaces
the status when only the status depends on it. "error" says that the server closes the connection without an
answer. --setup names a JSON file that says how the server is run: the environment, the versions, what
is behind it.

FILE is a file, a folder with one configuration, or - for standard input; further files are those that the
first one includes or imports.

The exit status is 2 when corsim cannot read the configuration, and 3 when the real server does not start
with it.`

const configExample = `  corsim config nginx.conf
  corsim config --json --env NODE_ENV=production server.js
  corsim config --alternative 2 snippet.js
  corsim config --answer nginx.conf < requests.jsonl
  corsim config --answer --setup setup.json conf.d/api.conf < requests.jsonl
  corsim config --answer --env NODE_ENV=production --behind localhost:5000=down server.js < requests.jsonl`

// configCommand are the flags of corsim config.
type configCommand struct {
	configFlags
	answer bool
	json   bool
	setup  string
}

func newConfig(t *terminal) *cobra.Command {
	var flags configCommand
	cmd := &cobra.Command{
		Use:     "config [flags] FILE…",
		Short:   "Say what corsim understands of a server's configuration, or answer as that server",
		Long:    configHelp,
		Example: configExample,
		RunE: func(cmd *cobra.Command, args []string) error {
			if flags.answer && flags.json {
				return errors.New("--answer prints JSON without --json: leave out one of the two")
			}
			m, err := flags.model(cmd.Context(), t, args)
			if err != nil {
				return err
			}
			if flags.answer {
				return flags.answerAll(cmd.Context(), t, m)
			}
			return flags.report(t, flags.name(args), m)
		},
	}
	flags.register(cmd)
	cmd.Flags().BoolVar(&flags.answer, "answer", false, "answer the requests on standard input, a line of JSON each")
	cmd.Flags().BoolVar(&flags.json, "json", false, "print one JSON object")
	cmd.Flags().StringVar(&flags.setup, "setup", "", "a JSON file that says how the server is run: environment, versions, what is behind it")
	return cmd
}

// name returns the name of the configuration.
func (flags *configCommand) name(args []string) string {
	if len(args) == 0 {
		return flags.setup
	}
	return configName(args[0])
}

// configName returns the name of a configuration for people.
func configName(arg string) string {
	if arg == "-" {
		return "stdin"
	}
	return arg
}

// report prints what was understood.
func (flags *configCommand) report(t *terminal, name string, m *server.Model) error {
	out := t.newOutput()
	d := report.NewModelDocument(name, m)
	if flags.json {
		return out.close(out.printJSON(d))
	}
	d.WriteText(out, out.style())
	return out.close(nil)
}

// model reads the configuration that the arguments name.
func (flags *configCommand) model(ctx context.Context, t *terminal, args []string) (*server.Model, error) {
	if flags.setup == "" {
		if flags.answer && len(args) > 0 && args[0] == "-" {
			return nil, errors.New("with --answer, standard input has the requests: name the file of the configuration")
		}
		return flags.load(ctx, t, args)
	}
	file := ""
	if len(args) > 0 {
		file = args[0]
	}
	src, err := t.setupSource(flags.setup, file)
	if err != nil {
		return nil, err
	}
	if len(args) > 1 || len(flags.files) > 0 {
		if err := flags.addFiles(t, &src, append(args[min(len(args), 1):len(args):len(args)], flags.files...), flags.root); err != nil {
			return nil, err
		}
	}
	if err := flags.apply(ctx, t, &src); err != nil {
		return nil, err
	}
	m, err := ask.Configuration(ctx, ask.ConfigQuestion{Source: src, Alternative: flags.alternative})
	return m, flagError(err)
}

// answerAll answers the requests on standard input. When input comes slowly, each
// answer is printed before the next request is read.
func (flags *configCommand) answerAll(ctx context.Context, t *terminal, m *server.Model) error {
	out := bufio.NewWriter(t.stdout)
	in := bufio.NewScanner(flushing{t.stdin, out})
	in.Buffer(nil, maxCapture)
	var line []byte
	n := 0
	for in.Scan() {
		n++
		text := in.Bytes()
		if isBlank(text) {
			continue
		}
		req, err := ask.ParseServerRequest(text)
		if err != nil {
			return errors.Join(out.Flush(), server.At(server.Position{File: "stdin", Line: n}, err))
		}
		a, err := ask.ServerAnswer(ctx, m, req)
		if err != nil {
			return errors.Join(out.Flush(), server.At(server.Position{File: "stdin", Line: n}, err))
		}
		line = append(a.AppendJSON(line[:0]), '\n')
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	err := in.Err()
	if errors.Is(err, bufio.ErrTooLong) {
		err = fmt.Errorf("stdin:%d: the line is longer than %d MiB", n+1, maxCapture>>20)
	}
	return errors.Join(out.Flush(), err)
}

// isBlank reports whether a line has only white space.
func isBlank(line []byte) bool {
	for _, c := range line {
		if c != ' ' && c != '\t' && c != '\r' {
			return false
		}
	}
	return true
}

// flushing prints what is in a buffer before it waits for input.
type flushing struct {
	in  io.Reader
	out *bufio.Writer
}

// Read reads input.
func (f flushing) Read(p []byte) (int, error) {
	if err := f.out.Flush(); err != nil {
		return 0, err
	}
	return f.in.Read(p)
}
