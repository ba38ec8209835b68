using Travel.Api;
using Travel.Api.Accounts;
using Travel.Api.Availability;
using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Errands;
using Travel.Api.Errors;
using Travel.Api.Health;
using Travel.Api.Limits;
using Travel.Api.Listings;
using Travel.Api.Listings.Hosting;
using Travel.Api.Listings.Photos;
using Travel.Api.Mail;
using Travel.Api.Operations;
using Travel.Api.Paging;
using Travel.Api.Payments;
using Travel.Api.Reviews;
using Travel.Api.Schedules;
using Travel.Api.Search;
using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Caching;
using Travel.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddNpgsqlDbContext<TravelDbContext>(
    ResourceNames.Database,
    settings =>
    {
        settings.DisableRetry = true;
        settings.ConnectionString = DatabaseClient.Prepared(settings.ConnectionString);
    },
    DatabaseClient.Configure);
builder.AddBrokerAndCache();
builder.Services.AddTravelDomain();
builder.Services.AddCaching();

builder.Services.ConfigureHttpJsonOptions(json => RequestJson.Apply(json.SerializerOptions));
builder.Services.AddPipeline();
builder.Services.AddSignInLimits();
builder.Services.AddAccounts();
builder.Services.AddCursors();
builder.Services.AddSearch();
builder.Services.AddHosting();
builder.Services.AddPhotos();
builder.Services.AddDocumentation();

var app = builder.Build();

app.UsePipeline();

var api = app.MapGroup("/api/v1");
api.MapSessions();
api.MapAccounts();
api.MapMe();
api.MapSearch();
api.MapListings();
api.MapHostListings();
api.MapListingOperations();
api.MapPhotos();
api.MapAvailability();
api.MapReviews();
api.MapBookings();
api.MapPayments();
api.MapJobs();
api.MapErrands();
api.MapOperations();
api.MapMail();
app.MapDocumentation();

app.Run();
