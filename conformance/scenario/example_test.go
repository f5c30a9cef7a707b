package scenario_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

func ExampleRunner() {
	const text = `{"name":"put-1","page":"https://myapp.com/",` +
		`"server":[{"when":{"method":"OPTIONS"},"status":204,"headers":[["Access-Control-Allow-Origin","https://myapp.com"]]}],` +
		`"steps":[{"fetch":{"url":"https://api.example.com/users","method":"PUT"}}]}`
	s, err := scenario.NewReader(strings.NewReader(text), "example").Read()
	if err != nil {
		fmt.Println(err)
		return
	}
	runner := scenario.Runner{Profile: browser.Spec()}
	run, err := runner.Run(context.Background(), s)
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
