// Command wasmbudget makes a call in every engine, explains the results and reports
// them. It is never run: a test builds it as WebAssembly and checks that the engines
// with their explanations are small enough for a page.
package main

import (
	"context"
	"strings"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/browser"
	"github.com/corsim/corsim/fetch/explain"
	"github.com/corsim/corsim/fetch/explain/console"
	"github.com/corsim/corsim/fetch/report"
)

func main() {
	if err := run(context.Background()); err != nil {
		panic(err)
	}
}

func run(ctx context.Context) error {
	server := fetch.TransportFunc(func(context.Context, *fetch.WireRequest) (*fetch.WireResponse, error) {
		return &fetch.WireResponse{Status: 200}, nil
	})
	out := report.Report{Call: report.Call{Method: "PUT", URL: "https://api.example.com/users"}}
	for _, profile := range browser.Profiles() {
		page, err := browser.NewWithParser(profile, browser.ScriptCheck(isScript)).Open("https://myapp.com/", browser.WithTransport(server))
		if err != nil {
			return err
		}
		result, err := page.Fetch(ctx, browser.FetchInit{URL: out.Call.URL, Method: out.Call.Method})
		if err != nil {
			return err
		}
		out.Runs = append(out.Runs, report.Run{Profile: profile, Results: []*browser.Result{result}})
		for _, line := range console.Print(result) {
			out.AddNote("%v", console.Recognize(line))
		}
		if out.Repair, err = explain.Repairs(ctx, result); err != nil {
			return err
		}
	}
	var printed strings.Builder
	out.WriteText(&printed, report.Style{})
	out.Story(&out.Runs[0]).WriteSVG(&printed)
	out.Story(&out.Runs[0]).WriteMermaid(&printed)
	printed.Write(out.AppendJSON(nil))
	println(printed.String())
	return nil
}
