package scenario

var (
	observationKeys     = newKeys(1, []string{"name", "engine", "steps", "failed"})
	stepObservationKeys = newKeys(1, []string{"outcome", "error", "response", "wire", "console", "issues", "audits", "protocol", "readable", "readError", "message"})
	responseKeys        = newKeys(2, []string{"type", "status", "url", "redirected", "headers", "body", "bodyError"})
	wireKeys            = newKeys(3, []string{"method", "url", "headers", "body"})
)

// TypeXHR is the type that an XMLHttpRequest's response has in an observation.
const TypeXHR = "xhr"

// DecodeObservation decodes one observation from its JSON text. The
// observation may share memory with the text.
func DecodeObservation(text string) (*Observation, error) {
	s := scanner{text: text}
	out := new(Observation)
	if err := s.observation(out); err != nil {
		return nil, err
	}
	if err := s.end(); err != nil {
		return nil, err
	}
	return out, nil
}

func (s *scanner) observation(out *Observation) error {
	hasSteps := false
	err := s.object(&observationKeys, func(key string) (err error) {
		switch key {
		case "name":
			out.Name, err = s.name()
		case "engine":
			out.Engine, err = s.string()
		case "steps":
			hasSteps = true
			err = s.stepObservations(&out.Steps)
		case "failed":
			err = s.optionalString(&out.Failed)
		}
		return err
	})
	if err == nil && !hasSteps && !out.Failed.OK {
		return problemf("the key steps is missing")
	}
	return err
}

func (s *scanner) stepObservations(out *[]StepObservation) error {
	return s.array(func() error {
		var step StepObservation
		err := s.object(&stepObservationKeys, func(key string) (err error) {
			switch key {
			case "outcome":
				step.Outcome, err = s.outcome()
			case "error":
				err = s.optionalString(&step.Error)
			case "response":
				step.Response = new(ResponseObservation)
				err = s.response(step.Response)
			case "wire":
				err = s.wire(&step.Wire)
			case "console":
				err = s.strings(&step.Console)
			case "issues":
				err = s.strings(&step.Issues)
			case "audits":
				err = s.strings(&step.Audits)
			case "protocol":
				step.Protocol, err = s.string()
			case "readable":
				step.Readable.OK = true
				step.Readable.Value, err = s.bool()
			case "readError":
				err = s.optionalString(&step.ReadError)
			case "message":
				err = s.optionalString(&step.Message)
			}
			return err
		})
		*out = append(*out, step)
		return err
	})
}

func (s *scanner) response(out *ResponseObservation) error {
	return s.object(&responseKeys, func(key string) (err error) {
		switch key {
		case "type":
			out.Type, err = s.responseType()
		case "status":
			out.Status, err = s.int(0, 999)
		case "url":
			out.URL, err = s.string()
		case "redirected":
			out.Redirected, err = s.bool()
		case "headers":
			err = s.headerTexts(&out.Header)
		case "body":
			out.Body, err = s.string()
		case "bodyError":
			err = s.optionalString(&out.BodyError)
		}
		return err
	})
}

func (s *scanner) wire(out *[]WireObservation) error {
	return s.array(func() error {
		var w WireObservation
		err := s.object(&wireKeys, func(key string) (err error) {
			switch key {
			case "method":
				w.Method, err = s.string()
			case "url":
				w.URL, err = s.string()
			case "headers":
				err = s.headerTexts(&w.Header)
			case "body":
				w.Body, err = s.string()
			}
			return err
		})
		*out = append(*out, w)
		return err
	})
}

func (s *scanner) headerTexts(out *[]HeaderText) error {
	return s.array(func() error {
		name, value, err := s.pair()
		*out = append(*out, HeaderText{Name: name, Value: value})
		return err
	})
}
