package scenario

import (
	"slices"

	"github.com/corsim/corsim/fetch"
)

var (
	expectationKeys     = newKeys(1, []string{"steps"})
	stepExpectationKeys = newKeys(0, []string{
		"outcome", "type", "status", "url", "redirected", "body",
		"headersVisible", "headersPresent", "headersHidden", "headersEmpty", "wire", "wireIncludes", "wireExcludes",
	})
	wireExpectationKeys = newKeys(1, []string{"method", "url", "headers", "headersAbsent", "headersNot", "body"})
)

// caseMember takes a member of a scenario that belongs to its case.
func (s *scanner) caseMember(key string, out *Case) (err error) {
	switch key {
	case "source":
		out.Source, err = s.string()
	case "note":
		out.Note, err = s.string()
	case "tentative":
		out.Tentative, err = s.bool()
	case "alsoCovers":
		err = s.strings(&out.AlsoCovers)
	case "knownFail":
		err = s.strings(&out.KnownFail)
	case "expect":
		out.Expect, err = s.expectation()
	case "otherwise":
		err = s.members(func(engine string) error {
			x, err := s.expectation()
			out.Otherwise = append(out.Otherwise, EngineExpectation{Engine: engine, Expect: x})
			return err
		})
	}
	return err
}

// complete says what the members of a case lack together.
func (c *Case) complete() error {
	for i, x := range c.Otherwise {
		if !slices.Contains(c.KnownFail, x.Engine) {
			return under("otherwise", under(x.Engine, problemf("the engine is not in knownFail")))
		}
		if slices.ContainsFunc(c.Otherwise[:i], func(before EngineExpectation) bool { return before.Engine == x.Engine }) {
			return under("otherwise", under(x.Engine, problemf("the key appears twice")))
		}
	}
	return nil
}

func (s *scanner) expectation() (*Expectation, error) {
	out := new(Expectation)
	err := s.object(&expectationKeys, func(string) error {
		return s.array(func() error {
			var step StepExpectation
			err := s.stepExpectation(&step)
			out.Steps = append(out.Steps, step)
			return err
		})
	})
	return out, err
}

func (s *scanner) stepExpectation(out *StepExpectation) error {
	return s.object(&stepExpectationKeys, func(key string) (err error) {
		switch key {
		case "outcome":
			out.Outcome.OK = true
			out.Outcome.Value, err = s.outcome()
		case "headersVisible":
			err = s.headerMap(&out.HeadersVisible)
		case "headersPresent":
			err = s.strings(&out.HeadersPresent)
		case "headersHidden":
			err = s.strings(&out.HeadersHidden)
		case "headersEmpty":
			out.HeadersEmpty, err = s.bool()
		case "wire":
			out.Wire.OK = true
			err = s.wireExpectations(&out.Wire.Value)
		case "wireIncludes":
			err = s.wireExpectations(&out.WireIncludes)
		case "wireExcludes":
			err = s.wireExpectations(&out.WireExcludes)
		default:
			err = s.responseExpectation(key, out)
		}
		return err
	})
}

func (s *scanner) responseExpectation(key string, out *StepExpectation) (err error) {
	switch key {
	case "type":
		out.Type.OK = true
		out.Type.Value, err = s.responseType()
	case "status":
		out.Status.OK = true
		out.Status.Value, err = s.int(0, 999)
	case "url":
		err = s.optionalString(&out.URL)
	case "redirected":
		out.Redirected.OK = true
		out.Redirected.Value, err = s.bool()
	case "body":
		err = s.optionalString(&out.Body)
	}
	return err
}

func (s *scanner) wireExpectations(out *[]WireExpectation) error {
	return s.array(func() error {
		var w WireExpectation
		err := s.object(&wireExpectationKeys, func(key string) (err error) {
			switch key {
			case "method":
				w.Method, err = s.string()
			case "url":
				err = s.optionalString(&w.URL)
			case "headers":
				err = s.headerMap(&w.Headers)
			case "headersAbsent":
				err = s.strings(&w.HeadersAbsent)
			case "headersNot":
				err = s.headerMap(&w.HeadersNot)
			case "body":
				err = s.optionalString(&w.Body)
			}
			return err
		})
		*out = append(*out, w)
		return err
	})
}

// headerMap takes an object of names and values.
func (s *scanner) headerMap(out *[]HeaderText) error {
	seen := make(map[string]bool)
	return s.members(func(name string) error {
		if seen[name] {
			return problemf("the key appears twice")
		}
		seen[name] = true
		value, err := s.string()
		*out = append(*out, HeaderText{Name: name, Value: value})
		return err
	})
}

func (s *scanner) strings(out *[]string) error {
	return s.array(func() error {
		text, err := s.string()
		*out = append(*out, text)
		return err
	})
}

func (s *scanner) outcome() (Outcome, error) {
	word, err := s.string()
	if err != nil {
		return "", err
	}
	return ParseOutcome(word)
}

// responseType takes the word of a response type, or [TypeXHR].
func (s *scanner) responseType() (string, error) {
	word, err := s.string()
	if err != nil {
		return "", err
	}
	if word == TypeXHR {
		return word, nil
	}
	if _, err := fetch.ParseResponseType(word); err != nil {
		return "", problemf("%v, %s", err, TypeXHR)
	}
	return word, nil
}
