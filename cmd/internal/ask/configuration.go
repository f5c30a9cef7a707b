package ask

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// ConfigQuestion is the configuration of a server.
type ConfigQuestion struct {
	Source server.Source
	// Alternative chooses one of the options that the text prints in one block: its
	// number, from 1, or its name; "" reads the text as it is.
	Alternative string
}

// Configuration reads a configuration. Its errors are those of [config.Load], and a
// [*FieldError] about an alternative that does not exist.
func Configuration(ctx context.Context, q ConfigQuestion) (m *server.Model, err error) {
	defer recoverReading(q.Source.Name, &err)
	m, err = config.Load(ctx, q.Source)
	if err != nil || q.Alternative == "" {
		return m, err
	}
	var names []string
	for i, a := range m.Alternatives {
		if a.Name == q.Alternative || strconv.Itoa(i+1) == q.Alternative {
			if a.Source.Kind == "" {
				a.Source.Kind = m.Kind
			}
			return config.Load(ctx, a.Source)
		}
		names = append(names, fmt.Sprintf("%d (%s)", i+1, a.Name))
	}
	if len(names) == 0 {
		return nil, &FieldError{"alternative", fmt.Errorf("%s has no alternatives", q.Source.Name)}
	}
	return nil, &FieldError{"alternative", fmt.Errorf("%q is not one of %s", q.Alternative, strings.Join(names, ", "))}
}
