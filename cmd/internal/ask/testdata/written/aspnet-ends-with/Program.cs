var builder = WebApplication.CreateBuilder(args);
builder.Services.AddControllers();
builder.Services.AddCors(options =>
{
    options.AddPolicy("Default", policy =>
        policy.SetIsOriginAllowed(origin => new Uri(origin).Host.EndsWith("myapp.io"))
              .AllowAnyHeader()
              .AllowAnyMethod()
              .AllowCredentials());
});
var app = builder.Build();
app.UseHttpsRedirection();
app.UseRouting();
app.UseCors("Default");
app.UseAuthentication();
app.UseAuthorization();
app.MapControllers();
app.MapGet("/api/me", () => Results.Ok(new { name = "x" }));
app.Run();
