using Microsoft.AspNetCore.Builder;
var builder = WebApplication.CreateBuilder(args);
const string MyPolicy = "_x";
var origins = builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? Array.Empty<string>();
string[] list = new[] { "a", "b" };
var l2 = new List<string> { "a" };
builder.Services.AddCors(options => {
    options.AddPolicy(name: MyPolicy, policy => policy.WithOrigins(origins).AllowAnyHeader().WithMethods("GET", "PUT"));
    options.AddDefaultPolicy(b => { b.SetIsOriginAllowed(o => new Uri(o).Host == "localhost").SetPreflightMaxAge(TimeSpan.FromSeconds(10)); });
});
var app = builder.Build();
if (app.Environment.IsDevelopment()) { app.UseSwagger(); } else app.UseHsts();
app.UseCors(MyPolicy);
app.MapGet("/x", () => "hi").RequireCors(MyPolicy);
app.MapPost("/y", async (Todo t, Db db) => { await db.SaveAsync(); return Results.Created($"/y/{t.Id}", t); });
app.MapGet("/z", [EnableCors("p")] (int id) => Results.Ok());
app.Run();
namespace X.Y {
  [ApiController]
  [Route("api/[controller]")]
  public class UsersController : ControllerBase, IFoo<int> {
    private readonly IConfiguration _c;
    public int Id { get; set; } = 3;
    public UsersController(IConfiguration c) : base(c) { _c = c; }
    [HttpGet("{id}")] [EnableCors]
    public async Task<ActionResult<Foo>> Get([FromRoute] int id, string s = "a") => Ok(new { a = 1, b = (string)x });
    public void M() { foreach (var o in origins) { Use(o); } for (int i = 0; i < 3; i++) X(i); switch (a) { case 1: break; default: return; } }
  }
}
record Todo(int Id, string Name);
var v = @"a""b" + """raw "x" """ + 'c';
var s = x switch { "a" => 1, _ => 2 };
if (x is not null && y < 3 && z?.Foo == null) return;
