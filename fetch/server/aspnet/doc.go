// Package aspnet reads the CORS configuration of ASP.NET Core: Program.cs with
// minimal hosting, or Startup.cs.
//
// The statements are followed in their order: the policies of AddCors, the order of
// the middleware, and the endpoints with a policy of their own. Values come from the
// text, from appsettings.json and from the environment; others are not known, nor is what
// a statement sets that may run or not. Middleware of the program (app.Use, app.Run,
// UseMiddleware) is run for each request; what a library's middleware does is assumed
// not to concern CORS, and the report says so.
//
// No real server was recorded for this model: it is derived from the
// source.
//
// # Documents
//
//   - ASP.NET Core 8: https://learn.microsoft.com/en-us/aspnet/core/security/cors, and of
//     https://github.com/dotnet/aspnetcore src/Middleware/CORS/src/Infrastructure
//     (CorsMiddleware.cs, CorsService.cs, CorsPolicyBuilder.cs, CorsPolicy.cs) and
//     src/Http/Routing/src/EndpointMiddleware.cs
package aspnet
