package recipe

// spring is the configuration of Spring Boot with Spring MVC. The filter comes before
// all others, also before those of Spring Security, so that their error responses
// have the CORS headers too. Spring sends Vary itself.
var spring = form{
	name: "Spring (CorsFilter)", versions: "Spring Boot 2.4 and later with Spring MVC", comment: "//", item: `"_"`, separator: ", ",
	aliases: []string{"spring-boot", "springboot"},
	text: `
|// in a class with @Configuration; import org.springframework.web.cors.*, org.springframework.web.filter.CorsFilter,
|// org.springframework.boot.web.servlet.FilterRegistrationBean, org.springframework.core.Ordered and java.util.List.
|// Remove @CrossOrigin and addCorsMappings; other origins get the status 403
|@Bean
|FilterRegistrationBean<CorsFilter> corsFilter() {
|    CorsConfiguration cors = new CorsConfiguration();
l|    cors.setAllowedOrigins(List.of({origins}));
a|    cors.setAllowedOrigins(List.of("*"));
m|    cors.setAllowedMethods(List.of({methods}));
s|    cors.setAllowedMethods(List.of("GET", "HEAD", "POST"));
h|    cors.setAllowedHeaders(List.of({headers}));
e|    cors.setExposedHeaders(List.of({exposed}));
c|    cors.setAllowCredentials(true);
x|    cors.setMaxAge({max-age}L);
|    UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
|    source.registerCorsConfiguration("/**", cors);
|    FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(source));
|    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
|    return filter;
|}
`,
}
