package servers

import (
	"bytes"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// Probe is one request that was sent to the recorded servers.
type Probe struct {
	ID      int         `json:"id"`
	Kind    string      `json:"kind"` // why it was sent; the server does not see it
	Method  string      `json:"method"`
	Target  string      `json:"target"`
	Headers [][2]string `json:"headers"`
	Body    string      `json:"body"`
}

// Request returns the probe as a server receives it.
func (p *Probe) Request() *server.Request {
	return &server.Request{Method: p.Method, Target: p.Target, Header: headers(p.Headers), Body: p.Body}
}

// Recorded is one answer of a real server.
type Recorded struct {
	Status int
	Header fetch.HeaderList
	// Error says how the exchange failed; "" when there was an answer.
	Error string
}

// Recording holds what one real server answered.
type Recording struct {
	Setup  *Setup
	Source server.Source
	// Answers holds the answers by the probe's ID.
	Answers map[int]*Recorded
}

// ReadProbes reads the probes of all recordings, by their ID.
func ReadProbes(fsys fs.FS, name string) (map[int]*Probe, error) {
	out := make(map[int]*Probe)
	err := eachLine(fsys, name, func(line []byte) error {
		p := new(Probe)
		err := json.Unmarshal(line, p)
		out[p.ID] = p
		return err
	})
	return out, err
}

// ReadRecording reads one folder: setup.json, answers.jsonl and the configuration's
// files. A server that does not start has no answers.
func ReadRecording(fsys fs.FS, folder string) (*Recording, error) {
	setup, src, err := ReadSetup(fsys, folder+"/setup.json")
	if err != nil {
		return nil, err
	}
	if src.Files, err = fs.Sub(fsys, folder); err != nil {
		return nil, err
	}
	text, err := fs.ReadFile(src.Files, setup.Main)
	if err != nil {
		return nil, err
	}
	src.Text = string(text)
	out := &Recording{Setup: setup, Source: src, Answers: make(map[int]*Recorded)}
	if setup.Starts != nil && !*setup.Starts {
		return out, nil
	}
	return out, eachLine(fsys, folder+"/answers.jsonl", out.add)
}

// add adds one line of answers.jsonl.
func (r *Recording) add(line []byte) error {
	var form struct {
		Status  int         `json:"status"`
		Headers [][2]string `json:"headers"`
		Error   string      `json:"error"`
		Probes  string      `json:"probes"`
	}
	if err := json.Unmarshal(line, &form); err != nil {
		return err
	}
	answer := &Recorded{Status: form.Status, Header: headers(form.Headers), Error: form.Error}
	for part := range strings.SplitSeq(form.Probes, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		from, err := strconv.Atoi(first)
		if err != nil {
			return err
		}
		to, err := strconv.Atoi(last)
		if err != nil {
			return err
		}
		for id := from; id <= to; id++ {
			r.Answers[id] = answer
		}
	}
	return nil
}

// eachLine calls f for each line of JSON in a file.
func eachLine(fsys fs.FS, name string, f func(line []byte) error) error {
	text, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	in := jsontext.NewDecoder(bytes.NewReader(text))
	for n := 1; in.PeekKind() != 0; n++ {
		line, err := in.ReadValue()
		if err == nil {
			err = f(line)
		}
		if err != nil {
			return server.At(server.Position{File: name, Line: n}, fmt.Errorf("line of JSON: %w", err))
		}
	}
	return nil
}
