// Command corsim-beam judges recorded exchanges with Apache Beam, on one machine or on
// a cluster, and writes the same summary as corsim judge --summary json.
//
// Files whose names end in .jsonl are read as lines, and a runner may divide them.
// Other files, such as HAR files and compressed ones, are read whole by one worker.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/gcs"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/local"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

var (
	input  = flag.String("input", "", "the files to read, as a pattern such as gs://bucket/part-*.jsonl")
	output = flag.String("output", "", "the file for the summary")
	engine = flag.String("engine", "spec", "the browser that judges")
)

func main() {
	flag.Parse()
	beam.Init()
	if *input == "" || *output == "" {
		log.Fatal("corsim-beam: --input and --output are needed")
	}
	p, s := beam.NewPipelineWithRoot()
	if err := build(s, *input, *output, *engine); err != nil {
		log.Fatal("corsim-beam: ", err)
	}
	if err := beamx.Run(context.Background(), p); err != nil {
		log.Fatal("corsim-beam: ", err)
	}
}
