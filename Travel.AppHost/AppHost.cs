using Microsoft.Extensions.Hosting;
using Travel.AppHost;
using Travel.AppHost.Backing;
using Travel.Contracts;
using Travel.Domain.Schedules;

var builder = DistributedApplication.CreateBuilder(args);
var environment = builder.Environment.EnvironmentName;
string[] prepareDatabase = builder.Environment.IsDevelopment() ? ["migrate", "seed"] : ["migrate"];
var backing = await BackingChoice.MakeAsync(builder);

var photos = Path.Combine(BackingChoice.DataFolder(builder), "photos");
var accessTokenKey = builder.AddParameter("access-token-key", new GenerateParameterDefault { MinLength = 64, Special = false }, secret: true, persist: true);
var webKey = builder.AddParameter("web-key", new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);

var database = backing.AddDatabase(ResourceNames.Database, server: ResourceNames.Postgres);
var cache = backing.AddRedis(ResourceNames.Cache);
var messaging = backing.AddRabbitMQ(ResourceNames.Messaging);
var mail = backing.AddMailCatcher(ResourceNames.Mail, port: 1080);

var migrations = builder.AddProject<Projects.Travel_Worker>(ResourceNames.Migrations, project => project.ExcludeLaunchProfile = true)
    .WithEnvironment("DOTNET_ENVIRONMENT", environment)
    .WithArgs(prepareDatabase)
    .WithReference(database).WaitFor(database)
    .WithParentRelationship(database)
    .WithIconName("DatabaseArrowUp");

var api = builder.AddProject<Projects.Travel_Api>(ResourceNames.Api)
    .WithReplicas(2)
    .WithEnvironment("AccessTokens__SigningKey", accessTokenKey)
    .WithEnvironment("Web__ApiKey", webKey)
    .WithEnvironment("Photos__Folder", photos)
    .WithReference(database).WaitForCompletion(migrations)
    .WithReference(cache).WaitFor(cache)
    .WithReference(messaging).WaitFor(messaging)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints()
    .WithIconName("PlugConnected")
    .WithUrlForEndpoint("http", url => url.DisplayText = "API")
    .WithUrlForEndpoint("http", _ => new() { Url = "/swagger", DisplayText = "OpenAPI" });

var web = builder.AddProject<Projects.Travel_Web>(ResourceNames.Web)
    .WithEnvironment("Web__ApiKey", webKey)
    .WithEnvironment("Web__ApiAddress", api.GetEndpoint("http"))
    .WithReference(api).WaitFor(api)
    .WithReference(cache)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints()
    .WithIconName("Globe")
    .WithUrlForEndpoint("http", url => url.DisplayText = "Travel");

var worker = builder.AddProject<Projects.Travel_Worker>(ResourceNames.Worker, project => project.ExcludeLaunchProfile = true)
    .WithEnvironment("DOTNET_ENVIRONMENT", environment)
    .WithEnvironment("Mail__WebAddress", web.GetEndpoint("http"))
    .WithEnvironment("Photos__Folder", photos)
    .WithReference(database).WaitForCompletion(migrations)
    .WithReference(cache)
    .WithReference(messaging).WaitFor(messaging)
    .WithReference(mail).WaitFor(mail)
    .WithHttpEndpoint()
    .WithHttpHealthCheck("/health")
    .WithIconName("PersonRunning");

builder.AddPaymentGateway(Path.Combine(BackingChoice.DataFolder(builder), "chapa"), api, worker, web);

if (builder.Environment.IsDevelopment())
{
    // Calendars can be imported from a server of one's own.
    api.WithEnvironment("Imports__AllowedHosts__0", "localhost");
    worker.WithEnvironment("Imports__AllowedHosts__0", "localhost");

    var commandKey = builder.AddParameter("command-key", new GenerateParameterDefault { MinLength = 40, Special = false }, secret: true, persist: true);
    worker.WithEnvironment("DevelopmentCommands__Key", commandKey);
    messaging.WithWorkerCommand(worker, commandKey, DevelopmentCommands.ReplayDeadLetters, "Replay dead letters", new()
    {
        Description = "Gives every message that was given up back to its queue.",
        IconName = "ArrowReplyAll",
        IsHighlighted = true,
    });
    cache.WithWorkerCommand(worker, commandKey, DevelopmentCommands.FlushCache, "Flush the cache", new()
    {
        Description = "Has every answer that is kept computed anew.",
        IconName = "ArrowClockwise",
    });
    database.WithWorkerCommand(worker, commandKey, DevelopmentCommands.ResetDemoData, "Reset demo data", new()
    {
        Description = "Deletes everything and loads the demo data again.",
        ConfirmationMessage = "Delete every booking, account and listing, and begin again with the demo data?",
        IconName = "DatabaseArrowDown",
    });
    worker.WithUrlForEndpoint("http", _ => new() { Url = DevelopmentCommands.Mails, DisplayText = "Mails" });
    foreach (var job in Jobs.All)
    {
        worker.WithWorkerCommand(worker, commandKey, DevelopmentCommands.RunJob + job.Name, $"Run {job.Name} now", new()
        {
            Description = job.Description,
            IconName = "Play",
        });
    }
}

builder.Build().Run();
