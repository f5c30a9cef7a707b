package recipe

// aspNET is the configuration of ASP.NET Core.
// Routing comes before CORS, and CORS before authentication, which may answer by
// itself.
var aspNET = form{
	name: "ASP.NET Core", item: `"_"`, separator: ", ",
	text: `
|builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
m|    .WithMethods({methods})
h|    .WithHeaders({headers})
c|    .AllowCredentials()
l|    .WithOrigins("{origin}")));
a|    .AllowAnyOrigin()));
|
l|// with a single origin the middleware leaves out Vary
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
