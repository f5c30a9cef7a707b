package conformance_test

import (
	"context"
	"fmt"

	"github.com/corsim/corsim/conformance"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/browser"
)

func ExampleCheck() {
	guide := conformance.Guide()
	s, err := guide.Read()
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
	fmt.Println(s.Name, len(conformance.Check(s.Case.Expect, run.Observation())), "mismatches")
	// Output:
	// guide-why-1 0 mismatches
}
