using Travel.Contracts;
using Travel.Domain;
using Travel.Domain.Messaging;
using Travel.ServiceDefaults;
using Travel.Worker.Database;
using Travel.Worker.Errands;
using Travel.Worker.Health;
using Travel.Worker.Mail;
using Travel.Worker.Mail.Preview;
using Travel.Worker.Messaging;
using Travel.Worker.Operations;
using Travel.Worker.Payments;
using Travel.Worker.Schedules;

if (DatabaseCommands.AreIn(args))
{
    return await DatabaseCommands.RunAsync(args);
}

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
builder.Services.AddMail();
builder.Services.AddConsumer<PaymentConsumer>(Topology.PaymentNotices);
builder.Services.AddErrandWork();
builder.Services.AddHostedService<CollectDeadLetters>();
builder.Services.AddHostedService<RetireQueues>();
builder.AddScheduler();
builder.AddDevelopmentCommands();

var app = builder.Build();

app.UseServiceDefaults();
app.MapDevelopmentCommands();
app.MapMailPreview();

app.Run();
return 0;
