package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/runners/prism"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
)

func TestMain(m *testing.M) { ptest.MainWithDefault(m, "prism") }

// records is how many records the test judges.
const records = 100_000

// shapes are records that are shared, blocked in several ways, and bad.
var shapes = []string{
	`{"page":"https://a.test/","url":"https://b.test/%d","response":{"status":200,"headers":[["Access-Control-Allow-Origin","*"]]}}`,
	`{"page":"https://a.test/","url":"https://b.test/%d","response":{"status":200}}`,
	`{"page":"https://a.test/","url":"https://b.test/%d","method":"PUT","credentials":"include","preflight":{"status":204,"headers":[["Access-Control-Allow-Origin","https://a.test"],["Access-Control-Allow-Credentials","true"],["Access-Control-Allow-Methods","PUT"],["Access-Control-Max-Age","600"]]},"response":{"status":200,"headers":[["Access-Control-Allow-Origin","https://a.test"]]}}`,
	`{"page":"https://a.test/","url":"https://b.test/%d","method":"DELETE","preflight":{"status":404},"response":{"status":200}}`,
	`{"page":%d}`,
}

// write writes the records into files of a size.
func write(t *testing.T, folder, ending string, each int) {
	t.Helper()
	for first := 0; first < records; first += each {
		var out bytes.Buffer
		for i := first; i < min(first+each, records); i++ {
			fmt.Fprintf(&out, shapes[i%len(shapes)]+"\n", i)
		}
		name := filepath.Join(folder, fmt.Sprintf("part-%06d%s", first, ending))
		if err := os.WriteFile(name, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// The summary of the pipeline has the same bytes as that of one run, for one file, for
// shards, and for files that are read whole.
func TestPipelineCountsAsOneRun(t *testing.T) {
	all := t.TempDir()
	write(t, all, ".jsonl", records)
	in, err := os.Open(filepath.Join(all, "part-000000.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	want, err := judge(t.Context(), "spec", in)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(want, []byte(`"judged":80000,"skipped":20000,"blocked":60000`)) {
		t.Fatalf("the summary of one run is %s", want)
	}
	for name, c := range map[string]struct {
		ending string
		each   int
	}{"one-file": {".jsonl", records}, "shards": {".jsonl", 7001}, "whole-files": {".txt", 30_000}} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			write(t, folder, c.ending, c.each)
			out := filepath.Join(folder, "summary")
			p, s := beam.NewPipelineWithRoot()
			if err := build(s, filepath.Join(folder, "part-*"+c.ending), out, "spec"); err != nil {
				t.Fatal(err)
			}
			ptest.RunAndValidate(t, p)
			got, err := os.ReadFile(out)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(bytes.TrimSpace(got), want) {
				t.Errorf("the summary is %s, not %s", got, want)
			}
		})
	}
}

func TestUnknownEngine(t *testing.T) {
	_, s := beam.NewPipelineWithRoot()
	if err := build(s, "x.jsonl", "y", "lynx"); err == nil {
		t.Error("an unknown engine is accepted")
	}
}
