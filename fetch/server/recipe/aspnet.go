package recipe

// aspNET is the configuration of ASP.NET Core.
// Routing comes before CORS. CORS comes before authentication, which may send a
// response without calling the next middleware.
var aspNET = form{
	name: "ASP.NET Core", versions: "ASP.NET Core 6 and later", comment: "//", item: `"_"`, separator: ", ", aliases: []string{"asp.net", "dotnet", "aspnetcore"},
	text: `
|// in Program.cs, before builder.Build()
|builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
m|    .WithMethods({methods})
h|    .WithHeaders({headers})
e|    .WithExposedHeaders({exposed})
x|    .SetPreflightMaxAge(TimeSpan.FromSeconds({max-age}))
c|    .AllowCredentials()
l|    .WithOrigins({origins})));
a|    .AllowAnyOrigin()));
|
|// after builder.Build()
l|// the middleware does not send Vary when only one origin is allowed
l|app.Use((context, next) =>
l|{
l|    context.Response.Headers.Append("Vary", "Origin");
l|    return next(context);
l|});
|app.UseRouting();
|app.UseCors();
|app.UseAuthentication();
|app.UseAuthorization();
`,
}
