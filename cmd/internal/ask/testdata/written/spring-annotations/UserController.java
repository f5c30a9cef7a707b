package com.myapp.api;

import org.springframework.web.bind.annotation.*;
import java.util.List;

@RestController
@RequestMapping("/api/users")
@CrossOrigin(origins = {"https://www.myapp.com", "http://localhost:4200"}, maxAge = 3600)
public class UserController {
    @GetMapping
    public List<String> all() { return List.of(); }

    @PostMapping
    public String create(@RequestBody String body) { return body; }

    @CrossOrigin(origins = "*")
    @DeleteMapping("/{id}")
    public void delete(@PathVariable long id) { }
}
