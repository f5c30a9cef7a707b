// Package spring reads the CORS configuration of Spring applications in Java: Spring
// MVC and WebFlux with Spring Boot, and Spring Security.
//
// What is followed are @CrossOrigin on controllers, addCorsMappings, CorsFilter and
// CorsConfigurationSource beans, the filter chains of Spring Security with their rules,
// filters of the text that set the headers themselves, and the properties of the
// application. A Spring Cloud Gateway is read from its properties: globalcors, and the
// routes with their predicates Path and Method. Values come from the text, from application.properties or
// application.yml, and from the environment; others are not known.
//
// The model is derived from the source, versions 5.3.39, 6.2.19 and 7.0.9 of the
// framework, 5.7.11 and 6.5.1 of Spring Security. The classes of Spring MVC 6.2.19 were
// run for the answers in testdata; no whole application was recorded, and nothing of
// Spring Security or WebFlux.
//
// # Documents
//
//   - https://github.com/spring-projects/spring-framework, of spring-web
//     CorsConfiguration.java, DefaultCorsProcessor.java, CorsUtils.java,
//     UrlBasedCorsConfigurationSource.java and CorsFilter.java, and of spring-webmvc
//     CorsRegistration.java, AbstractHandlerMapping.java,
//     AbstractHandlerMethodMapping.java, RequestMappingHandlerMapping.java,
//     RequestMappingInfoHandlerMapping.java and RequestMethodsRequestCondition.java
//   - https://github.com/spring-projects/spring-security: CorsConfigurer.java,
//     HttpSecurityConfiguration.java, FilterOrderRegistration.java and
//     ExceptionHandlingConfigurer.java
//   - https://github.com/spring-cloud/spring-cloud-gateway:
//     CorsGatewayFilterApplicationListener.java and NettyRoutingFilter.java
//   - Spring Boot: https://docs.spring.io/spring-boot/appendix/application-properties/
package spring
