var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCors(o => o.AddDefaultPolicy(p => p
    .WithOrigins("https://app.myapp.io/", "http://localhost:4200")
    .WithMethods("GET", "POST")
    .WithHeaders("content-type")));
var app = builder.Build();
app.MapGet("/orders", () => new[] { 1 });
app.MapPut("/orders/{id}", (int id) => Results.NoContent());
app.UseCors();
app.Run();
