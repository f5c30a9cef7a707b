package com.example.demo;

import java.util.*;
import java.util.List;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * The configuration of the application.
 */
@Configuration
@EnableWebSecurity
public class WebConfig<T extends Foo> extends Base implements WebMvcConfigurer, Other<String> {

    private static final String ORIGIN = "https://app.example.com";
    @Value("${cors.origins:http://localhost:3000}")
    private String[] origins;
    private final Map<String, List<String>> cache = new HashMap<>();

    static { System.out.println("x"); }

    public WebConfig(@Value("${a.b}") final String a, List<String>... rest) throws IOException {
        this.a = a;
    }

    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/api/**")
                .allowedOrigins(ORIGIN, "https://b.example") // both
                .allowedMethods(HttpMethod.GET.name(), "PUT")
                .maxAge(3600L).allowCredentials(true);
    }

    @Bean(name = "corsConfigurationSource")
    CorsConfigurationSource source() {
        CorsConfiguration c = new CorsConfiguration();
        c.setAllowedOrigins(Arrays.asList(origins));
        for (String o : origins) { c.addAllowedOrigin(o.trim()); }
        for (int i = 0; i < origins.length; i++) c.addAllowedHeader("X-" + i);
        final UrlBasedCorsConfigurationSource s = new UrlBasedCorsConfigurationSource();
        s.registerCorsConfiguration("/**", c);
        return s;
    }

    @Bean
    public WebMvcConfigurer corsConfigurer() {
        return new WebMvcConfigurer() {
            @Override
            public void addCorsMappings(CorsRegistry registry) {
                registry.addMapping("/**");
            }
        };
    }

    @Bean
    public SecurityFilterChain chain(HttpSecurity http) throws Exception {
        http.cors(c -> c.configurationSource(request -> { return null; }))
            .csrf(AbstractHttpConfigurer::disable)
            .authorizeHttpRequests((auth) -> auth.requestMatchers(HttpMethod.OPTIONS, "/**").permitAll().anyRequest().authenticated())
            .httpBasic(Customizer.withDefaults());
        return (SecurityFilterChain) http.build();
    }

    @CrossOrigin(origins = {"https://a.example", "https://b.example"}, maxAge = 3600)
    @RequestMapping(value = "/users", method = {RequestMethod.GET, RequestMethod.PUT})
    public ResponseEntity<List<User>> users(@RequestParam(required = false) Integer page) {
        try (Reader r = open()) {
            if (page == null || r instanceof Foo) { return ResponseEntity.ok().build(); } else return null;
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException("no", e);
        } finally { }
    }

    private <R> R pick(String s) {
        switch (s) {
            case "a", "b" -> go();
            case C: break;
            default: stop();
        }
        String text = """
            a
              "b"
            """;
        int n = s == null ? 1 : s.length();
        return Collections.<R>emptyList();
    }

    enum Kind { A, B }
}

record Point(int x, @NotNull String y) { }

@interface Marked { }
