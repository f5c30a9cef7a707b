package nodejs_test

import (
	"testing"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch/server"
	"github.com/corsim/corsim/fetch/server/nodejs"
)

// nestVersions is an application with routes of several versions.
func nestVersions(t *testing.T, options string) *server.Model {
	t.Helper()
	text := `
import { NestFactory } from '@nestjs/core';
import { Controller, Get, Module, Version, VersioningType, VERSION_NEUTRAL } from '@nestjs/common';
@Controller({ path: 'users', version: '1' })
class UsersController {
  @Get() all() { return 'one'; }
  @Version('2') @Get('new') added() { return 'two'; }
}
@Controller({ path: 'health', version: VERSION_NEUTRAL })
class HealthController { @Get() ok() { return 'ok'; } }
@Controller('plain')
class PlainController { @Get() ok() { return 'plain'; } }
@Module({ controllers: [UsersController, HealthController, PlainController] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
  app.enableCors({ origin: 'https://myapp.com' });
  app.setGlobalPrefix('api');
  app.enableVersioning(` + options + `);
  await app.listen(3000);
}
bootstrap();
`
	model, err := nodejs.Reader().Load(t.Context(), server.Source{Name: "main.ts", Text: text, EnvComplete: true})
	assert.NilError(t, err)
	return model
}

// A version is in the path after the global prefix, or in a header; a neutral
// controller has none. This follows the source of NestJS 12.5.1.
func TestNestVersions(t *testing.T) {
	for _, c := range []struct {
		options, path, header string
		status                int
	}{
		{"", "/api/v1/users", "", 200},
		{"", "/api/users", "", 404},
		{"", "/api/v2/users/new", "", 200},
		{"", "/api/v1/users/new", "", 404},
		{"", "/api/health", "", 200},
		{"", "/api/plain", "", 200},
		{"{ type: VersioningType.URI, prefix: 'ver', defaultVersion: '3' }", "/api/ver3/plain", "", 200},
		{"{ type: VersioningType.URI, prefix: false }", "/api/1/users", "", 200},
		{"{ type: VersioningType.HEADER, header: 'X-Version' }", "/api/users", "X-Version: 1", 200},
		{"{ type: VersioningType.HEADER, header: 'X-Version' }", "/api/users", "X-Version: 2", 404},
		{"{ type: VersioningType.HEADER, header: 'X-Version' }", "/api/users", "", 404},
		{"{ type: VersioningType.HEADER, header: 'X-Version' }", "/api/health", "", 200},
	} {
		headers := []string{"Origin: https://myapp.com"}
		if c.header != "" {
			headers = append(headers, c.header)
		}
		a, err := nestVersions(t, c.options).Answer(t.Context(), request("GET", c.path, headers...))
		assert.NilError(t, err)
		assert.Equal(t, a.Status, c.status, c.options+" "+c.path+" "+c.header)
		assert.Assert(t, a.StatusUnknown == nil, c.path)
	}
	a, err := nestVersions(t, "{ type: VersioningType.MEDIA_TYPE, key: 'v=' }").Answer(t.Context(), request("GET", "/api/users", "Origin: https://myapp.com"))
	assert.NilError(t, err)
	assert.Assert(t, a.StatusUnknown != nil)
}
