using Travel.Api.Accounts;
using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Health;
using Travel.Api.Limits;
using Travel.Api.Listings;
using Travel.Api.Paging;
using Travel.Api.Reviews;
using Travel.Api.Visitors;
using Travel.Contracts;
using Travel.Domain;
using Travel.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddNpgsqlDbContext<TravelDbContext>(ResourceNames.Database, settings => settings.DisableRetry = true, DatabaseRetries.Configure);
builder.AddBrokerAndCache();
builder.Services.AddTravelDomain();

builder.Services.ConfigureHttpJsonOptions(json => RequestJson.Apply(json.SerializerOptions));
builder.Services.AddProblems();
builder.Services.AddVisitors();
builder.Services.AddSignInLimits();
builder.Services.AddAccounts();
builder.Services.AddCursors();
builder.Services.AddDocumentation();

var app = builder.Build();

app.UseServiceDefaults();
app.UseProblems();
app.UseVisitors();
app.UseAuthentication();
app.UseLiveSessions();
app.UseAuthorization();

var api = app.MapGroup("/api/v1");
api.MapSessions();
api.MapAccounts();
api.MapMe();
api.MapListings();
api.MapReviews();
api.MapBookings();
app.MapDocumentation();

app.Run();
