using Travel.ServiceDefaults;
using Travel.Web;
using Travel.Web.Accounts;
using Travel.Web.Availability;
using Travel.Web.Bookings;
using Travel.Web.Errands;
using Travel.Web.Errors;
using Travel.Web.Health;
using Travel.Web.Layout;
using Travel.Web.Listings;
using Travel.Web.Mail;
using Travel.Web.Operations;
using Travel.Web.Payments;
using Travel.Web.Reviews;
using Travel.Web.Schedules;
using Travel.Web.TravelApi;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddCache();

builder.Services.AddOptions<WebOptions>().BindConfiguration(WebOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddRazorComponents();
builder.Services.AddTravelAntiforgery();
builder.Services.AddProtectionKeys();

builder.Services.AddTravelApi();
builder.Services.AddListings();
builder.Services.AddAvailability();
builder.Services.AddReviews();
builder.Services.AddBookings();
builder.Services.AddPayments();
builder.Services.AddEarnings();
builder.Services.AddSchedules();
builder.Services.AddOperations();
builder.Services.AddErrands();
builder.Services.AddAccounts();
builder.Services.AddMail();

var app = builder.Build();

app.UseServiceDefaults();
app.UseSecurityHeaders();
app.UseSecureCookies();
app.UseErrorPages();
app.UseRouting();
app.UseAccounts();
app.UseTravelAntiforgery();

app.MapStaticAssets().ShortCircuit();
app.MapAccounts();
app.MapMail();
app.MapListings();
app.MapBookings();
app.MapEarnings();
app.MapErrands();
app.MapRazorComponents<App>();

app.Run();
