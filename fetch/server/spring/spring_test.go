package spring

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"gotest.tools/v3/assert"

	"github.com/corsim/corsim/fetch"
	"github.com/corsim/corsim/fetch/server"
)

// request returns a request with some headers: "Name: value".
func request(method, target string, headers ...string) *server.Request {
	r := &server.Request{Method: method, Target: target, Header: fetch.HeaderList{{Name: "Host", Value: "api.example.com"}}}
	for _, h := range headers {
		name, v, _ := strings.Cut(h, ": ")
		r.Header = append(r.Header, fetch.Header{Name: name, Value: v})
	}
	return r
}

// answerOf returns an answer in words, or why there is none.
func answerOf(t *testing.T, src server.Source, r *server.Request) string {
	t.Helper()
	m, err := load(t.Context(), src)
	if err != nil {
		return err.Error()
	}
	a, err := m.Answer(t.Context(), r)
	if err != nil {
		return err.Error()
	}
	out := strconv.Itoa(a.Status)
	if a.StatusUnknown != nil {
		out = "?" + out
	}
	for _, h := range a.Header {
		if h.Name != "Vary" {
			out += "\n" + lower(strings.TrimPrefix(h.Name, "Access-Control-")) + ": " + h.Value
		}
	}
	return out
}

// TestRecorded compares the model with the answers of the framework's own classes.
func TestRecorded(t *testing.T) {
	text, err := os.ReadFile("testdata/mvc.java")
	assert.NilError(t, err)
	recorded, err := os.ReadFile("testdata/mvc.txt")
	assert.NilError(t, err)
	m, err := load(t.Context(), server.Source{Name: "Application.java", Text: string(text)})
	assert.NilError(t, err)
	for line := range strings.Lines(string(recorded)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "|")
		r := request(f[0], f[1])
		for i, name := range []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"} {
			if f[2+i] != "-" {
				r.Header = append(r.Header, fetch.Header{Name: name, Value: f[2+i]})
			}
		}
		a, err := m.Answer(t.Context(), r)
		assert.NilError(t, err, line)
		got := strconv.Itoa(a.Status)
		var headers []string
		for _, h := range a.Header {
			headers = append(headers, h.Name+": "+h.Value)
		}
		if preflight := f[2] != "-" && f[3] != "-"; preflight && f[5] == "500" {
			f[5] = "403" // the error page of Spring Boot rejects the preflight
		}
		if failed := f[5] == "404" || f[5] == "405" || f[5] == "415" || f[5] == "500" || strings.HasPrefix(f[1], "/star"); failed {
			headers, f[6] = withoutVary(headers), strings.Join(withoutVary(strings.Split(f[6], "; ")), "; ")
		}
		assert.Equal(t, got+"|"+strings.Join(headers, "; "), f[5]+"|"+f[6], line)
	}
}

// withoutVary leaves out Vary, which an error page may add.
func withoutVary(list []string) []string {
	var out []string
	for _, h := range list {
		if h != "" && !strings.HasPrefix(h, "Vary") {
			out = append(out, h)
		}
	}
	return out
}

// preflight returns a preflight from https://app.example.com.
func preflight(target, method string, headers ...string) *server.Request {
	return request("OPTIONS", target, append([]string{"Origin: https://app.example.com", "Access-Control-Request-Method: " + method}, headers...)...)
}

// inMethod returns a class with a method that adds to a registry.
func inMethod(body string) string {
	return "import org.springframework.web.servlet.config.annotation.*;\n@Configuration\nclass C implements WebMvcConfigurer {\n public void addCorsMappings(CorsRegistry registry) {\n" + body + "\n }\n}\n"
}

const one = "200\nallow-origin: https://app.example.com\nallow-methods: PUT\nmax-age: 1800"

// TestRegistry asks registries for one preflight.
func TestRegistry(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"origins", `registry.addMapping("/**").allowedOrigins("https://app.example.com").allowedMethods("PUT");`, one},
		{"a slash and capitals", `registry.addMapping("/**").allowedOrigins("https://APP.example.com/").allowedMethods("PUT");`, one},
		{"commas", `registry.addMapping("/**").allowedOrigins("https://b.example, https://app.example.com").allowedMethods("PUT");`, one},
		{"the standard methods", `registry.addMapping("/**");`, "403"},
		{"another path", `registry.addMapping("/api/**").allowedMethods("*");`, "403"},
		{"every method", `registry.addMapping("/**").allowedMethods("*");`, "200\nallow-origin: *\nallow-methods: PUT\nmax-age: 1800"},
		{"everyone with credentials", `registry.addMapping("/**").allowedMethods("*").allowCredentials(true);`, "500"},
		{"patterns with credentials", `registry.addMapping("/**").allowedOriginPatterns("*").allowedMethods("*").allowCredentials(true);`, "200\nallow-origin: https://app.example.com\nallow-methods: PUT\nallow-credentials: true\nmax-age: 1800"},
		{"a variable", `String[] list = {"https://b.example", "https://app.example.com"}; registry.addMapping("/**").allowedOrigins(list).allowedMethods(HttpMethod.PUT.name());`, one},
		{"a list", `registry.addMapping("/**").allowedOrigins(List.of("https://app.example.com").toArray(new String[0])).allowedMethods("PUT");`, one},
		{"a loop", `for (String p : Arrays.asList("/a/**", "/x/**")) registry.addMapping(p).allowedOrigins("https://app.example.com").allowedMethods("PUT");`, one},
		{"an environment variable", `registry.addMapping("/**").allowedOrigins(System.getenv("ORIGINS")).allowedMethods("PUT");`, "C.java:5:43: the environment variable ORIGINS is not known; give it with --env ORIGINS=…"},
		{"another object", `registry.addMapping("/**").allowedOrigins(props.getOrigins()).allowedMethods("PUT");`, "C.java:5:43: props is not known; give the file that defines it with --file, or its value with --set props=…"},
		{"a pattern that does not parse", `registry.addMapping("/**/api");`, "C.java:5:10: No more pattern data allowed after {*...} or ** pattern element: /**/api"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, answerOf(t, server.Source{Name: "C.java", Text: inMethod(c.body)}, preflight("/x/y", "PUT")), c.want)
		})
	}
}

// TestFragments reads parts of applications as they are printed in guides.
func TestFragments(t *testing.T) {
	const anyone = "200\nallow-origin: *\nallow-methods: GET\nmax-age: 1800"
	for _, c := range []struct{ name, text, want string }{
		{"a method", "@CrossOrigin\n@GetMapping(\"/x\")\npublic String x() { return \"a\"; }", anyone},
		{"a method with origins", "@CrossOrigin(origins = \"https://app.example.com\")\n@GetMapping(\"/x\")\npublic List<X> x() { return repo.findAll(); }", "200\nallow-origin: https://app.example.com\nallow-methods: GET\nmax-age: 1800"},
		{"a controller", "@RestController\n@CrossOrigin(\"*\")\n@RequestMapping(\"x\")\nclass X { @GetMapping public String x() { return \"a\"; } }", anyone},
		{"a method of a configurer", "@Override\npublic void addCorsMappings(CorsRegistry registry) { registry.addMapping(\"/**\"); }", "200\nallow-origin: *\nallow-methods: GET,HEAD,POST\nmax-age: 1800"},
		{"a bean", "@Bean\npublic WebMvcConfigurer c() { return new WebMvcConfigurer() { @Override public void addCorsMappings(CorsRegistry registry) { registry.addMapping(\"/x\").allowedMethods(\"GET\"); } }; }", anyone},
		{"statements", "registry.addMapping(\"/**\")\n  .allowedMethods(\"GET\");", anyone},
		{"a configuration that is not a bean", "import org.springframework.web.servlet.config.annotation.*;\nclass C implements WebMvcConfigurer { public void addCorsMappings(CorsRegistry registry) { registry.addMapping(\"/**\"); } }\n@RestController class R { @GetMapping(\"/x\") String x() { return \"a\"; } }", "403"},
		{"a filter", "@Bean public CorsFilter corsFilter() { UrlBasedCorsConfigurationSource s = new UrlBasedCorsConfigurationSource(); CorsConfiguration c = new CorsConfiguration(); c.addAllowedOrigin(\"*\"); c.addAllowedMethod(\"GET\"); s.registerCorsConfiguration(\"/**\", c); return new CorsFilter(s); }", "200\nallow-origin: *\nallow-methods: GET"},
		{"a filter of the application", "@Component\npublic class F implements Filter { public void doFilter(ServletRequest req, ServletResponse res, FilterChain chain) throws IOException { HttpServletResponse r = (HttpServletResponse) res; r.setHeader(\"Access-Control-Allow-Origin\", ((HttpServletRequest) req).getHeader(\"Origin\")); if (\"OPTIONS\".equalsIgnoreCase(((HttpServletRequest) req).getMethod())) { r.setStatus(HttpServletResponse.SC_OK); } else { chain.doFilter(req, res); } } }", "200\nallow-origin: https://app.example.com"},
		{"an ambiguous preflight", "@RestController @CrossOrigin(\"https://b.example\") class X { @GetMapping(\"/x\") String a() { return \"\"; }\n@RequestMapping(\"/x\") String b() { return \"\"; } }", "200\nallow-origin: https://app.example.com\nallow-methods: GET\nallow-credentials: true"},
		{"credentials for everyone", "@CrossOrigin(allowCredentials = \"true\")\n@GetMapping(\"/x\")\nString x() { return \"\"; }", "X.java:1:1: " + anyWithCredentials},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := answerOf(t, server.Source{Name: "X.java", Text: c.text}, preflight("/x", "GET"))
			if c.name == "credentials for everyone" {
				assert.Check(t, strings.HasSuffix(got, anyWithCredentials), got)
				return
			}
			assert.Equal(t, got, c.want)
		})
	}
}

// TestSecurity asks filter chains of Spring Security.
func TestSecurity(t *testing.T) {
	const start = "import org.springframework.security.config.annotation.web.builders.HttpSecurity;\n@Configuration\nclass S implements WebMvcConfigurer {\n" +
		"public void addCorsMappings(CorsRegistry registry) { registry.addMapping(\"/x/**\").allowedOrigins(\"https://app.example.com\").allowedMethods(\"PUT\"); }\n" +
		"@Bean SecurityFilterChain chain(HttpSecurity http) throws Exception {\n"
	const source = "@Bean CorsConfigurationSource corsConfigurationSource() { var c = new CorsConfiguration(); c.setAllowedOrigins(List.of(\"https://s.example\", \"https://app.example.com\")); c.setAllowedMethods(List.of(\"GET\", \"PUT\")); var s = new UrlBasedCorsConfigurationSource(); s.registerCorsConfiguration(\"/**\", c); return s; }\n"
	const auth = "http.authorizeHttpRequests(a -> a.anyRequest().authenticated()).httpBasic(Customizer.withDefaults())"
	const fromSource = "200\nallow-origin: https://app.example.com\nallow-methods: GET,PUT"
	ask := preflight("/x/1", "PUT")
	put := request("PUT", "/x/1", "Origin: https://app.example.com")
	withToken := request("PUT", "/x/1", "Origin: https://app.example.com", "Authorization: Bearer a")
	for _, c := range []struct {
		name, body, more string
		r                *server.Request
		want             string
	}{
		{"no cors", auth + ";", "", ask, "401"},
		{"cors of MVC", auth + ".cors(withDefaults());", "", ask, one},
		{"cors of MVC in the older style", "http.cors().and().authorizeRequests().anyRequest().authenticated().and().httpBasic();", "", ask, one},
		{"cors of a source", auth + ".cors(withDefaults());", source, ask, fromSource},
		{"cors of a function", auth + ".cors(c -> c.configurationSource(request -> new CorsConfiguration().applyPermitDefaultValues()));", "", ask, "403"},
		{"cors off", auth + ".cors(c -> c.disable());", source, ask, "401"},
		{"cors off by a reference", auth + ".cors(AbstractHttpConfigurer::disable);", source, ask, "401"},
		{"a source that is declared as such", auth + ";", strings.Replace(source, "@Bean CorsC", "@Bean UrlBasedCorsC", 1), ask, fromSource},
		{"a source that is not", auth + ";", source, ask, "401"},
		{"preflights are permitted", "http.authorizeHttpRequests(a -> a.requestMatchers(HttpMethod.OPTIONS, \"/**\").permitAll().anyRequest().authenticated());", "", ask, one},
		{"all paths are permitted", "http.authorizeHttpRequests(a -> a.requestMatchers(\"/x/**\", \"/y\").permitAll().anyRequest().authenticated());", "", ask, one},
		{"no credentials", auth + ".csrf(c -> c.disable()).cors(withDefaults());", "", put, "401\nallow-origin: https://app.example.com"},
		{"no token of CSRF", auth + ".cors(withDefaults());", "", withToken, "403\nallow-origin: https://app.example.com"},
		{"credentials", auth + ".csrf(AbstractHttpConfigurer::disable).cors(withDefaults());", "", withToken, "?200\nallow-origin: https://app.example.com"},
		{"a form", "http.authorizeHttpRequests(a -> a.anyRequest().authenticated()).formLogin(withDefaults());", "", ask, "?302"},
		{"a rule that is not known", "http.authorizeHttpRequests(a -> a.anyRequest().access(manager));", "", ask, "S.java:6:48: whether access(…) lets a request through is not known; write permitAll() or authenticated()"},
		{"a chain for other paths", "http.securityMatcher(\"/api/**\").authorizeHttpRequests(a -> a.anyRequest().authenticated());", "", ask, one},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := start + c.body + "\nreturn http.build();\n}\n" + c.more + "}\n"
			assert.Equal(t, answerOf(t, server.Source{Name: "S.java", Text: text}, c.r), c.want)
		})
	}
}

// TestProperties reads values from the properties of the application.
func TestProperties(t *testing.T) {
	const text = "@Configuration class C implements WebMvcConfigurer {\n@Value(\"${app.cors.origins}\") private String[] origins;\n@Value(\"${app.cors.none:https://app.example.com}\") private List<String> none;\n@Value(\"#{'${app.cors.origins}'.split(',')}\") List<String> spel;\n" +
		"private final CorsProperties props; private final Environment env;\npublic C(CorsProperties props) { this.props = props; }\n" +
		"public void addCorsMappings(CorsRegistry registry) { registry.addMapping(\"/**\").allowedMethods(\"PUT\").allowedOrigins(ORIGINS); } }\n" +
		"@ConfigurationProperties(prefix = \"app.cors\") class CorsProperties { private List<String> allowedOrigins = new ArrayList<>(); }\n"
	lines := fstest.MapFS{"src/main/resources/application.properties": {Data: []byte("# comment\napp.cors.origins = https://b.example,https://app.example.com\napp.cors.allowedOrigins[0]=https://app.example.com\n")}}
	yaml := fstest.MapFS{"application.yml": {Data: []byte("app:\n  cors:\n    origins: ${FRONT:https://app.example.com}\n    allowed-origins:\n      - https://app.example.com\n")}}
	for _, c := range []struct {
		name, origins string
		src           server.Source
		want          string
	}{
		{"lines", "origins", server.Source{Files: lines}, one},
		{"YAML", "origins", server.Source{Files: yaml}, one},
		{"YAML and the environment", "origins", server.Source{Files: yaml, Env: map[string]string{"FRONT": "https://c.example"}}, "403"},
		{"a variable instead of a property", "origins", server.Source{Files: lines, Env: map[string]string{"APP_CORS_ORIGINS": "https://c.example"}}, "403"},
		{"SpEL", "spel.toArray(new String[0])", server.Source{Files: lines}, one},
		{"a class of properties", "props.getAllowedOrigins().toArray(new String[0])", server.Source{Files: lines}, one},
		{"a class of properties in YAML", "props.getAllowedOrigins().toArray(String[]::new)", server.Source{Files: yaml}, one},
		{"the Environment", "env.getProperty(\"app.cors.origins\")", server.Source{Files: lines}, one},
		{"a standard value", "none.toArray(new String[]{})", server.Source{Files: lines}, one},
		{"a standard value without files", "none.toArray(new String[]{})", server.Source{}, "C.java:3:8: the property app.cors.none is not known; give it with --set app.cors.none=…, or application.properties with --file"},
		{"no file", "origins", server.Source{}, "C.java:2:8: the property app.cors.origins is not known; give it with --set app.cors.origins=…, or application.properties with --file"},
		{"set", "origins", server.Source{Set: map[string]string{"app.cors.origins": "https://app.example.com"}}, one},
		{"no such property", "origins", server.Source{Files: fstest.MapFS{"application.properties": {Data: []byte("a=b\n")}}}, "C.java:2:8: Could not resolve placeholder 'app.cors.origins' in value \"${app.cors.origins}\""},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.src.Name, c.src.Text = "C.java", strings.Replace(text, "ORIGINS", c.origins, 1)
			assert.Equal(t, answerOf(t, c.src, preflight("/x", "PUT")), c.want)
		})
	}
}

// TestActuator reads the properties of the framework about CORS.
func TestActuator(t *testing.T) {
	src := server.Source{Name: "application.properties", Text: "management.endpoints.web.cors.allowed-origins=https://app.example.com\nmanagement.endpoints.web.cors.allowed-methods=GET,POST\n"}
	assert.Equal(t, recognise(src.Name, src.Text), server.Certain)
	assert.Equal(t, answerOf(t, src, preflight("/actuator/health", "POST")), "200\nallow-origin: https://app.example.com\nallow-methods: GET,POST\nmax-age: 1800")
	assert.Equal(t, answerOf(t, src, preflight("/x", "POST")), "403")
}

// TestUnchanged changes what has no meaning: no answer changes.
func TestUnchanged(t *testing.T) {
	text, err := os.ReadFile("testdata/mvc.java")
	assert.NilError(t, err)
	first := string(text)
	for _, change := range []*strings.Replacer{
		strings.NewReplacer("\n", "\r\n"), strings.NewReplacer(";", " ; // a comment\n"), strings.NewReplacer("(", "( /* a \"comment\" */ "), strings.NewReplacer("  ", "\t"),
	} {
		for _, r := range []*server.Request{preflight("/api/x", "PUT", "Access-Control-Request-Headers: x-a"), preflight("/users/1", "PUT"), request("GET", "/two", "Origin: https://a.example")} {
			want := answerOf(t, server.Source{Name: "A.java", Text: first}, r)
			assert.Equal(t, answerOf(t, server.Source{Name: "A.java", Text: change.Replace(first)}, r), want)
		}
	}
}

// TestHostile reads texts of awkward forms, which end with one line.
func TestHostile(t *testing.T) {
	for _, body := range []string{
		"while (true) { }", "for (;;) registry.addMapping(\"/x\");", strings.Repeat("{", 3_000), strings.Repeat("registry.a(", 3_000), strings.Repeat("!", 3_000),
		"String s = \"" + strings.Repeat("a", 10_000) + "\"; while (true) s = s + s;", "addCorsMappings(registry);", "List<Object> l = List.of(1, 2); while (true) { l = List.of(l, l); }", "List<Object> l = new ArrayList<>(); while (true) { l.add(l); l.add(1); }",
	} {
		got := answerOf(t, server.Source{Name: "C.java", Text: inMethod(body)}, preflight("/x", "PUT"))
		assert.Check(t, len(strings.Split(got, "\n")) < 10, got)
	}
}

// FuzzLoad checks that every text is read and answers.
func FuzzLoad(f *testing.F) {
	text, err := os.ReadFile("testdata/mvc.java")
	assert.NilError(f, err)
	f.Add(string(text), "C.java")
	f.Add("spring:\n  graphql:\n    cors:\n      allowed-origins: '*'\n", "application.yml")
	f.Add("@Bean SecurityFilterChain c(HttpSecurity http) { return http.cors().and().build(); }", "S.java")
	f.Fuzz(func(t *testing.T, text, name string) {
		m, err := load(t.Context(), server.Source{Name: name, Text: text})
		if err != nil {
			return
		}
		// An answer that is not known is one too.
		_, _ = m.Answer(t.Context(), preflight("/x", "PUT"))
	})
}

// BenchmarkLoad reads an application.
func BenchmarkLoad(b *testing.B) {
	text, err := os.ReadFile("testdata/mvc.java")
	assert.NilError(b, err)
	for b.Loop() {
		if _, err := load(b.Context(), server.Source{Name: "A.java", Text: string(text)}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAnswer answers one preflight.
func BenchmarkAnswer(b *testing.B) {
	text, err := os.ReadFile("testdata/mvc.java")
	assert.NilError(b, err)
	m, err := load(b.Context(), server.Source{Name: "A.java", Text: string(text)})
	assert.NilError(b, err)
	r := preflight("/api/x", "PUT", "Access-Control-Request-Headers: x-a")
	for b.Loop() {
		if _, err := m.Answer(b.Context(), r); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCloudGateway asks a gateway whose backend sends CORS headers, too.
func TestCloudGateway(t *testing.T) {
	const text = "spring:\n  cloud:\n    gateway:\n      globalcors:\n        cors-configurations:\n          '[/api/**]':\n            allowedOrigins: \"https://app.example.com, https://b.example\"\n            allowed-methods:\n              - PUT\n            allowedHeaders: \"*\"\n            maxAge: 60\n" +
		"      routes:\n        - id: a\n          uri: http://users:8080\n          predicates:\n            - Path=/api/users/**\n            - Method=GET,PUT,OPTIONS\n          filters:\n            - DedupeResponseHeader=Access-Control-Allow-Origin Vary\n        - id: b\n          uri: http://users:8080\n          predicates: [\"Path=/api/**\"]\n          metadata:\n            cors:\n              allowedOrigins: https://m.example\n        - id: c\n          uri: http://users:8080\n          predicates: [\"Path=/h/**\", \"Header=X-A, b\"]\n"
	backend := server.Backend{{Status: 200, Header: fetch.HeaderList{{Name: "Access-Control-Allow-Origin", Value: "*"}}}}
	src := server.Source{Name: "application.yml", Text: text, Behind: []server.Behind{{Address: "users:8080", Server: backend}}}
	assert.Equal(t, recognise(src.Name, src.Text), server.Certain)
	origin := "Origin: https://app.example.com"
	for _, c := range []struct {
		name string
		r    *server.Request
		want string
	}{
		{"a preflight", preflight("/api/users/1", "PUT", "Access-Control-Request-Headers: x-a"), "403"},
		{"two headers", request("PUT", "/other", origin), "?404"},
		{"a predicate", request("PUT", "/h/x", origin), "application.yml:28:38: which requests the predicate Header fits is not known; use Path and Method"},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, answerOf(t, src, c.r), c.want) })
	}
	// Without the configuration of the route b, which is for the same paths.
	src.Text = strings.Replace(text, "metadata", "none", 1)
	assert.Equal(t, answerOf(t, src, preflight("/api/users/1", "PUT", "Access-Control-Request-Headers: x-a")), "200\nallow-origin: https://app.example.com\nallow-methods: PUT\nallow-headers: x-a\nmax-age: 60")
	assert.Equal(t, answerOf(t, src, request("PUT", "/api/users/1", origin)), "200\nallow-origin: https://app.example.com")
	assert.Equal(t, answerOf(t, src, request("PUT", "/api/x", origin)), "200\nallow-origin: https://app.example.com\nallow-origin: *")
	assert.Equal(t, answerOf(t, src, preflight("/none", "PUT")), "403")
}

// TestVersions asks for what the versions answer in different ways.
func TestVersions(t *testing.T) {
	commas := inMethod(`registry.addMapping("/**").allowedOrigins("https://b.example,https://app.example.com").allowedMethods("PUT");`)
	controller := "@RestController class X { @GetMapping(\"/x\") String x() { return \"a\"; } }"
	for _, c := range []struct {
		name, version, text string
		r                   *server.Request
		want                string
	}{
		{"commas", "5.3", commas, preflight("/x", "PUT"), "403"},
		{"commas, later", "6.1", commas, preflight("/x", "PUT"), one},
		{"a slash at the end", "5.3", controller, request("GET", "/x/"), "200"},
		{"a slash at the end, later", "6.2", controller, request("GET", "/x/"), "?404"},
		{"a preflight without a configuration", "6.2", controller, preflight("/x", "GET"), "403"},
		{"a preflight without a configuration, later", "7.0", controller, preflight("/x", "GET"), "200"},
		{"a pattern that begins with stars", "7.0", inMethod(`registry.addMapping("/**/x").allowedMethods("PUT").allowedOrigins("https://app.example.com");`), preflight("/a/b/x", "PUT"), one},
	} {
		t.Run(c.name, func(t *testing.T) {
			src := server.Source{Name: "X.java", Text: c.text, Versions: map[string]string{"spring": c.version}}
			assert.Equal(t, answerOf(t, src, c.r), c.want)
		})
	}
}

// TestConditions reads classes for a profile or a property.
func TestConditions(t *testing.T) {
	text := func(annotation string) string {
		return strings.Replace(inMethod(`registry.addMapping("/**").allowedOrigins("https://app.example.com").allowedMethods("PUT");`), "@Configuration", "@Configuration\n"+annotation, 1)
	}
	files := fstest.MapFS{"application.properties": {Data: []byte("spring.profiles.active=dev\napp.cors=true\n")}}
	for _, c := range []struct {
		name, annotation string
		src              server.Source
		want             string
	}{
		{"the active profile", `@Profile("dev")`, server.Source{Files: files}, one},
		{"another profile", `@Profile({"prod", "test"})`, server.Source{Files: files, Env: map[string]string{"SPRING_PROFILES_ACTIVE": "dev"}}, "403"},
		{"not a profile", `@Profile("!prod")`, server.Source{Files: files}, one},
		{"a profile that is not known", `@Profile("dev")`, server.Source{}, "C.java:3:2: which profile is active is not known; give it with --env SPRING_PROFILES_ACTIVE=…"},
		{"a property", `@ConditionalOnProperty(prefix = "app", name = "cors", havingValue = "true")`, server.Source{Files: files}, one},
		{"a property that is not known", `@ConditionalOnProperty("app.cors")`, server.Source{}, "C.java:3:2: the property app.cors is not known; give it with --set app.cors=…, or application.properties with --file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.src.Name, c.src.Text = "C.java", text(c.annotation)
			assert.Equal(t, answerOf(t, c.src, preflight("/x", "PUT")), c.want)
		})
	}
}

// TestAdapter reads the configuration of Spring Security that version 6 no longer has.
func TestAdapter(t *testing.T) {
	const text = "import javax.servlet.Filter;\n@Configuration class S extends WebSecurityConfigurerAdapter {\n" +
		"@Override protected void configure(HttpSecurity http) throws Exception { http.csrf().disable().cors(); http.authorizeRequests().antMatchers(\"/open/*\").permitAll().anyRequest().authenticated(); }\n" +
		"@Override public void configure(WebSecurity web) { web.ignoring().antMatchers(\"/v2/**\").and().ignoring().antMatchers(\"/h2\"); }\n" +
		"@Bean public CorsFilter corsFilter() { UrlBasedCorsConfigurationSource s = new UrlBasedCorsConfigurationSource(); CorsConfiguration c = new CorsConfiguration().applyPermitDefaultValues(); c.addAllowedMethod(HttpMethod.PUT); s.registerCorsConfiguration(\"/**\", c); return new CorsFilter(s); } }"
	src := server.Source{Name: "S.java", Text: text}
	m, err := load(t.Context(), src)
	assert.NilError(t, err)
	assert.Equal(t, m.Versions[0].Version, "5.3")
	assert.Equal(t, m.Versions[1].Version, "5.7")
	assert.Equal(t, answerOf(t, src, preflight("/x", "PUT")), "200\nallow-origin: *\nallow-methods: GET,HEAD,POST,PUT\nmax-age: 1800")
	assert.Equal(t, answerOf(t, src, request("GET", "/x", "Origin: https://app.example.com")), "403\nallow-origin: *")
	assert.Equal(t, answerOf(t, src, request("GET", "/open/x", "Origin: https://app.example.com")), "?200\nallow-origin: *")
}

// TestConstructor reads origins that a constructor makes of a property.
func TestConstructor(t *testing.T) {
	const text = "import java.util.*;\n@Configuration class C implements WebMvcConfigurer {\nprivate final List<String> origins;\nC(@Value(\"${app.origins:a}\") String raw) { this.origins = parse(raw); }\n" +
		"static List<String> parse(String raw) { if (raw == null || raw.isBlank()) { return List.of(); }\nreturn Arrays.stream(raw.split(\",\")).map(String::trim).filter(v -> !v.isEmpty()).map(v -> v.endsWith(\"/\") ? v.substring(0, v.length() - 1) : v).toList(); }\n" +
		"public void addCorsMappings(CorsRegistry registry) { registry.addMapping(\"/**\").allowedOrigins(origins.toArray(String[]::new)).allowedMethods(\"PUT\"); } }"
	set := map[string]string{"app.origins": "https://b.example , https://app.example.com/"}
	assert.Equal(t, answerOf(t, server.Source{Name: "C.java", Text: text, Set: set}, preflight("/x", "PUT")), one)
	assert.Equal(t, answerOf(t, server.Source{Name: "C.java", Text: text}, preflight("/x", "PUT")), "C.java:4:10: the property app.origins is not known; give it with --set app.origins=…, or application.properties with --file")
}
