package conform_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
)

// message is what corsim sends: a greeting, a scenario or the number of a step.
type message struct {
	Protocol int    `json:"protocol"`
	Address  string `json:"address"`
	Scenario *struct {
		Page  string `json:"page"`
		Steps []struct {
			Fetch plainStep `json:"fetch"`
		} `json:"steps"`
	} `json:"scenario"`
	Step int `json:"step"`
}

type plainStep struct {
	URL     string      `json:"url"`
	Method  string      `json:"method"`
	Headers [][2]string `json:"headers"`
	Body    *string     `json:"body"`
}

// plainClient is an adapter for the client of net/http, which knows no CORS. It answers
// one message a line.
func plainClient(in io.Reader, out io.Writer) error {
	var client *http.Client
	var current message
	for lines := bufio.NewReader(in); ; {
		line, err := lines.ReadString('\n')
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		var next message
		if err := json.Unmarshal([]byte(line), &next); err != nil {
			return err
		}
		var answer any
		switch {
		case next.Protocol != 0:
			client = newPlainClient(next.Address)
			answer = map[string]any{"protocol": 1, "name": "net-http", "version": "1", "steps": []string{"fetch"}}
		case next.Scenario != nil:
			current = next
			answer = map[string]any{"ready": true}
		default:
			answer = takeStep(client, current.Scenario.Page, current.Scenario.Steps[next.Step].Fetch)
		}
		if err := json.NewEncoder(out).Encode(answer); err != nil {
			return err
		}
	}
}

// newPlainClient returns a client whose connections all lead to one address.
func newPlainClient(address string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", address)
		},
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true}, // the servers are those of corsim
		DisableKeepAlives: true,
	}}
}

// takeStep takes a step and returns its observation.
func takeStep(client *http.Client, page string, step plainStep) any {
	base, err := url.Parse(page)
	if err != nil {
		return map[string]any{"failed": err.Error()}
	}
	target, err := base.Parse(step.URL)
	if err != nil {
		return map[string]any{"outcome": "throws", "error": err.Error()}
	}
	var body io.Reader
	if step.Body != nil {
		body = strings.NewReader(*step.Body)
	}
	request, err := http.NewRequest(step.Method, target.String(), body)
	if err != nil {
		return map[string]any{"outcome": "throws", "error": err.Error()}
	}
	for _, h := range step.Headers {
		request.Header.Add(h[0], h[1])
	}
	response, err := client.Do(request)
	if err != nil {
		return map[string]any{"outcome": "error", "error": err.Error()}
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	seen := map[string]any{
		"type": "basic", "status": response.StatusCode, "url": response.Request.URL.String(),
		"redirected": response.Request.URL.String() != target.String(), "headers": plainHeaders(response.Header), "body": string(text),
	}
	if err != nil {
		seen["bodyError"] = err.Error()
	}
	return map[string]any{"outcome": "response", "response": seen}
}

func plainHeaders(h http.Header) [][2]string {
	out := [][2]string{}
	for name, values := range h {
		out = append(out, [2]string{strings.ToLower(name), strings.Join(values, ", ")})
	}
	return out
}
