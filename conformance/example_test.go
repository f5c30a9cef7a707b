package conformance_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/fetch/browser"
)

func ExampleRunner() {
	const text = `{"name":"put-1","page":"https://myapp.com/",` +
		`"server":[{"when":{"method":"OPTIONS"},"status":204,"headers":[["Access-Control-Allow-Origin","https://myapp.com"]]}],` +
		`"steps":[{"fetch":{"url":"https://api.example.com/users","method":"PUT"}}]}`
	scenario, err := conformance.NewReader(strings.NewReader(text), "example").Read()
	if err != nil {
		fmt.Println(err)
		return
	}
	runner := conformance.Runner{Profile: browser.Spec()}
	run, err := runner.Run(context.Background(), scenario)
	if err != nil {
		fmt.Println(err)
		return
	}
	step := run.Observation().Steps[0]
	fmt.Println(step.Outcome, step.Issues)
	for _, request := range step.Wire {
		fmt.Println(request.Method, request.URL)
	}
	// Output:
	// error [method-not-allowed]
	// OPTIONS https://api.example.com/users
}

func ExampleCheck() {
	guide := conformance.Guide()
	scenario, err := guide.Read()
	if err != nil {
		fmt.Println(err)
		return
	}
	runner := conformance.Runner{Profile: browser.Spec()}
	run, err := runner.Run(context.Background(), scenario)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(scenario.Name, len(conformance.Check(scenario.Case.Expect, run.Observation())), "mismatches")
	// Output:
	// guide-why-1 0 mismatches
}
