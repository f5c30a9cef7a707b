package nodejs_test

import (
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// benchSource returns an Express server of about 200 lines.
func benchSource() server.Source {
	var b strings.Builder
	b.WriteString(`const express = require('express');
const cors = require('cors');
const helmet = require('helmet');
const morgan = require('morgan');
const app = express();
const allowed = (process.env.ALLOWED_ORIGINS || 'https://myapp.com').split(',');
app.use(helmet());
app.use(morgan('dev'));
app.use(express.json());
app.use(cors({ origin: (origin, cb) => { if (!origin || allowed.includes(origin)) cb(null, true); else cb(new Error('no')); }, credentials: true }));
`)
	for i := range 60 {
		fmt.Fprintf(&b, "app.get('/api/things%d/:id', (req, res) => {\n  res.json({ id: req.params.id });\n});\n", i)
	}
	b.WriteString("app.get('/api/users', (req, res) => res.json({ users: [] }));\napp.listen(process.env.PORT || 3000);\n")
	return server.Source{Name: "server.js", Text: b.String(), EnvComplete: true}
}

func BenchmarkLoad(b *testing.B) {
	src := benchSource()
	b.ReportAllocs()
	for b.Loop() {
		_, err := nodejs.Reader().Load(b.Context(), src)
		assert.NilError(b, err)
	}
}

func BenchmarkAnswer(b *testing.B) {
	model, err := nodejs.Reader().Load(b.Context(), benchSource())
	assert.NilError(b, err)
	for _, r := range []*server.Request{
		request("GET", "/api/things5/7", "Origin: https://myapp.com"),
		request("GET", "/api/users", "Origin: https://myapp.com"),
		request("OPTIONS", "/api/users", "Origin: https://myapp.com", "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: content-type"),
	} {
		b.Run(r.Method+r.Target, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, err := model.Answer(b.Context(), r)
				assert.NilError(b, err)
			}
		})
	}
}
