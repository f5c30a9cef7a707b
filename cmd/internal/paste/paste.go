package paste

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/corsim/corsim/conformance/capture"
	"github.com/corsim/corsim/conformance/scenario"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/config"
)

// Reading is what a text says.
type Reading struct {
	// What names the kind of the text, such as "a command of curl".
	What string `json:"what"`
	// Scenario is the scenario, as JSON; nil for a configuration.
	Scenario json.RawMessage `json:"scenario,omitempty"`
	// Server is the server of a configuration, as the JSON of the key "server" of a
	// scenario.
	Server json.RawMessage `json:"server,omitempty"`
	// Needs is "javascript" if only a program with a JavaScript engine reads the text. The
	// reading then has neither a scenario nor a server.
	Needs string `json:"needs,omitempty"`
	// Notes say what is assumed.
	Notes []string `json:"notes,omitempty"`
}

// maxText is the largest number of bytes of a text.
const maxText = 4 << 20

var (
	curlStart    = regexp.MustCompile(`^\s*(\$ )?curl(\.exe)?\s`)
	messageStart = regexp.MustCompile(`(?m)^[<>* ]*(HTTP/[0-9.]+ \d|[A-Z]+ \S+ HTTP/|:method:|:authority:)`)
)

// noteOptions is a note about others that name an option of a command.
const noteOptions = "options that begin with -- are those of the command corsim check --config FILE, which reads the same text"

// Read reads a text.
func Read(ctx context.Context, text string, base *scenario.Scenario) (*Reading, error) {
	r, err := read(ctx, text, base)
	if err != nil {
		if strings.Contains(err.Error(), " --") {
			err = fmt.Errorf("%w (%s)", err, noteOptions)
		}
		return nil, err
	}
	if slices.ContainsFunc(r.Notes, func(note string) bool { return strings.Contains(note, " --") }) {
		r.Notes = append(r.Notes, noteOptions)
	}
	return r, nil
}

func read(ctx context.Context, text string, base *scenario.Scenario) (*Reading, error) {
	if len(text) > maxText {
		return nil, fmt.Errorf("the text is longer than %d MiB", maxText>>20)
	}
	switch trimmed := strings.TrimSpace(text); {
	case curlStart.MatchString(trimmed):
		call, err := capture.ParseCurl(strings.TrimPrefix(trimmed, "$ "))
		if err != nil {
			return nil, err
		}
		return fromCall("a command of curl", call, nil, base)
	case messageStart.MatchString(trimmed):
		return readMessages(text, base)
	case strings.HasPrefix(trimmed, "{"):
		if r, err := readJSON(ctx, trimmed, base); err == nil || !errors.Is(err, errOtherJSON) {
			return r, err
		}
	}
	src := server.Source{Text: text}
	call, codeErr := capture.ParseCode(text, nil)
	reader, configErr := config.ReaderOf(src)
	switch {
	case configErr == nil:
		return readConfiguration(ctx, reader, src, base)
	case errors.Is(codeErr, capture.ErrNoRequest) && errors.Is(configErr, config.ErrUnknownKind):
		return nil, errNothing
	case errors.Is(codeErr, capture.ErrNoRequest):
		return nil, configErr
	case codeErr != nil && errors.Is(configErr, config.ErrUnknownKind):
		return nil, codeErr
	case codeErr != nil:
		return nil, fmt.Errorf("as code: %w; as a configuration: %w", codeErr, configErr)
	}
	return fromCall("a call in code", call, nil, base)
}

// errNothing is the error for a text of which nothing is known.
var errNothing = errors.New("this text is nothing that is read: paste a line of the console as it stands there, a command of curl, a call of fetch() or of a library such as axios, " +
	"a request or a response with its headers, an entry of a HAR file, a scenario, or the whole configuration of a server, such as nginx.conf or a program with Express")

// readMessages reads pasted HTTP messages.
func readMessages(text string, base *scenario.Scenario) (*Reading, error) {
	messages, err := capture.ParseMessages(text)
	if err != nil {
		return nil, err
	}
	var notes []string
	if capture.Alone(messages) {
		if messages, notes, err = capture.WithRequests(messages, "https"); err != nil {
			return nil, err
		}
	}
	exchanges, err := capture.Exchanges(messages, "https")
	if err != nil {
		return nil, err
	}
	call, ok := capture.CallOf(exchanges)
	if !ok {
		return nil, errors.New("there is no request and no response")
	}
	call.Notes = append(notes, call.Notes...)
	var rules server.Script
	for i := range exchanges {
		if x := &exchanges[i]; x.Response != nil {
			rules = append(rules, ruleOf(&x.Request, x.Response))
		}
	}
	return fromCall("HTTP messages", call, rules, base)
}

// errOtherJSON is the error for JSON that is not a HAR and no scenario.
var errOtherJSON = errors.New("the JSON is not a HAR and no scenario")

// readJSON reads a scenario, a HAR file or an entry of one.
func readJSON(ctx context.Context, text string, base *scenario.Scenario) (*Reading, error) {
	var members map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &members) != nil {
		return nil, errOtherJSON
	}
	switch {
	case members["page"] != nil && members["steps"] != nil:
		if members["name"] == nil {
			members["name"] = json.RawMessage(`"playground"`)
		}
		whole, err := json.Marshal(members)
		if err != nil {
			return nil, err
		}
		if _, err := scenario.Decode(string(whole)); err != nil {
			return nil, err
		}
		return &Reading{What: "a scenario", Scenario: whole}, nil
	case members["log"] != nil:
		return readHAR(ctx, text, base)
	case members["request"] != nil:
		return readHAR(ctx, `{"log":{"version":"1.2","creator":{"name":"","version":""},"entries":[`+text+`]}}`, base)
	}
	return nil, errOtherJSON
}
