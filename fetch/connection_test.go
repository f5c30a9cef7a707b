package fetch_test

import (
	"errors"
	"fmt"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
)

func TestFaultOf(t *testing.T) {
	cause := errors.New("dial tcp: connection refused")
	wrong := &fetch.ConnectionError{Fault: fetch.FaultRefused, Err: cause}
	for name, row := range map[string]struct {
		err  error
		want fetch.ConnectionFault
	}{
		"typed":          {wrong, fetch.FaultRefused},
		"wrapped":        {fmt.Errorf("GET: %w", wrong), fetch.FaultRefused},
		"no-answer":      {fetch.ErrNoAnswer, fetch.FaultClosed},
		"any-other":      {cause, fetch.FaultUnknown},
		"no-error":       {nil, fetch.FaultUnknown},
		"no-answer-deep": {fmt.Errorf("proxy: %w", fetch.ErrNoAnswer), fetch.FaultClosed},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, fetch.FaultOf(row.err), row.want) })
	}
	assert.Equal(t, wrong.Error(), cause.Error())
	assert.Check(t, errors.Is(wrong, cause))
}
