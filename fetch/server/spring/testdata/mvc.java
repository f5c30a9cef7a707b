import org.springframework.web.bind.annotation.*;
import org.springframework.web.servlet.config.annotation.*;

public class Application {
  @Configuration
  static class Web implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(CorsRegistry registry) {
      registry.addMapping("/api/**").allowedOrigins("https://app.example.com", "https://b.example/").allowedMethods("GET","PUT").allowedHeaders("X-A","Content-Type").exposedHeaders("X-B","X-C").allowCredentials(true).maxAge(3600);
      registry.addMapping("/pat/**").allowedOriginPatterns("https://*.example.com:[8080,8081]", "http://localhost:[*]");
      registry.addMapping("/star/**").allowCredentials(true);
      registry.addMapping("/users/**").allowedOrigins("https://g.example").allowedHeaders("X-G");
    }
  }

  @RestController @RequestMapping("/users") @CrossOrigin(origins="https://a.example", maxAge=60)
  static class Users {
    @GetMapping String list() { return "a"; }
    @CrossOrigin(origins="https://m.example", allowedHeaders="X-M", exposedHeaders="X-E", allowCredentials="true")
    @PutMapping("/{id}") String put(@PathVariable("id") String id) { return "b"; }
    @GetMapping("/{id}") String one(@PathVariable("id") String id) { return "b"; }
    @DeleteMapping("/{id}") String del(@PathVariable("id") String id) { return "b"; }
  }
  @RestController
  static class Other {
    @CrossOrigin @RequestMapping("/any") String any() { return "x"; }
    @CrossOrigin(originPatterns="https://*.example", methods={RequestMethod.POST, RequestMethod.GET}) @RequestMapping(value="/two", method={RequestMethod.GET, RequestMethod.POST, RequestMethod.PATCH}) String two() { return "x"; }
    @GetMapping("/plain") String plain() { return "x"; }
    @PostMapping(value="/json", consumes="application/json") @CrossOrigin String json() { return "x"; }
    @GetMapping(value="/api/x") String x() { return "x"; }
    @PutMapping(value="/api/x") String y() { return "x"; }
  }
}
