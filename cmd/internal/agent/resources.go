package agent

import (
	"context"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/corsim/corsim/cmd/internal/answer"
	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/recipe"
)

const (
	reasonsURI = "corsim://reasons"
	recipesURI = "corsim://recipes"
)

// addResources adds the lists of reasons and servers, and a text for each of them.
func addResources(s *mcp.Server) {
	for _, list := range []struct {
		uri, name, description, of string
		words                      []string
		text                       func(word string) (string, bool)
	}{
		{reasonsURI, "reasons", "all reasons why browsers block requests", "reason", reasonWords(), reasonText},
		{recipesURI, "recipes", "the servers for which corsim writes configurations", "server", serverWords(), recipeText},
	} {
		all := strings.Join(list.words, "\n") + "\n"
		s.AddResource(&mcp.Resource{URI: list.uri, Name: list.name, Description: list.description, MIMEType: "text/plain"},
			func(_ context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
				return plain(req.Params.URI, all), nil
			})
		s.AddResourceTemplate(&mcp.ResourceTemplate{URITemplate: list.uri + "/{" + list.of + "}", Name: list.of, MIMEType: "text/plain"},
			func(_ context.Context, req *mcp.ReadResourceRequest) (*mcp.ReadResourceResult, error) {
				text, ok := list.text(strings.TrimPrefix(req.Params.URI, list.uri+"/"))
				if !ok {
					return nil, mcp.ResourceNotFoundError(req.Params.URI)
				}
				return plain(req.Params.URI, text), nil
			})
	}
}

func plain(uri, text string) *mcp.ReadResourceResult {
	return &mcp.ReadResourceResult{Contents: []*mcp.ResourceContents{{URI: uri, MIMEType: "text/plain", Text: text}}}
}

func reasonWords() (out []string) {
	for _, r := range fetch.Reasons() {
		out = append(out, string(r))
	}
	return out
}

func serverWords() (out []string) {
	for _, s := range recipe.Systems() {
		out = append(out, s.String())
	}
	return out
}

func reasonText(word string) (string, bool) {
	if !slices.Contains(reasonWords(), word) {
		return "", false
	}
	found, err := answer.Explain(word, nil)
	if err != nil {
		return "", false
	}
	return strings.Join(found[0].Lines, "\n") + "\n", true
}

// recipeText returns the configuration of a server for a common need.
func recipeText(word string) (string, bool) {
	system, err := recipe.ParseSystem(word)
	if err != nil {
		return "", false
	}
	return recipe.Write(system, server.Need{
		Origin: "https://myapp.com", Methods: []string{"GET", "POST", "PUT", "DELETE"}, Headers: []string{"Content-Type", "Authorization"},
	}), true
}
