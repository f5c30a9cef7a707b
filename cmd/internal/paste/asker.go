package paste

import (
	"context"
	"encoding/json"

	"github.com/corsim/corsim/conformance/scenario"
)

// ReadJSON returns a reading as JSON, for package jsonask.
func ReadJSON(ctx context.Context, text string, base *scenario.Scenario) ([]byte, error) {
	r, err := Read(ctx, text, base)
	if err != nil {
		return nil, err
	}
	return json.Marshal(r)
}
