using Travel.PaymentSandbox;

var builder = WebApplication.CreateBuilder(args);
builder.AddSandbox();

var app = builder.Build();
app.UseSandbox();

app.Run();
