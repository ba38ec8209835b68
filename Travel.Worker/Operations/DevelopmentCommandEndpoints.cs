using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Contracts;
using Travel.Domain.Caching;
using Travel.Domain.Messaging;
using Travel.Domain.Schedules;
using Travel.Worker.Seeding;

namespace Travel.Worker.Operations;

/// <summary>What the dashboard's buttons call. In development only, and only for who knows the secret of this run.</summary>
internal static class DevelopmentCommandEndpoints
{
    public static void AddDevelopmentCommands(this WebApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            builder.Services.AddDemoData();
        }
    }

    public static void MapDevelopmentCommands(this WebApplication app)
    {
        var options = app.Configuration.GetSection(DevelopmentCommandOptions.Section).Get<DevelopmentCommandOptions>();
        if (!app.Environment.IsDevelopment() || options?.Key is not { Length: > 0 } key)
        {
            return;
        }

        var commands = app.MapGroup(DevelopmentCommands.Path).AddEndpointFilter((call, next) => Knows(call.HttpContext.Request, key)
            ? next(call)
            : ValueTask.FromResult<object?>(TypedResults.Unauthorized()));
        commands.MapPost(DevelopmentCommands.ReplayDeadLetters, ReplayAsync);
        commands.MapPost(DevelopmentCommands.FlushCache, FlushAsync);
        commands.MapPost(DevelopmentCommands.ResetDemoData, ResetAsync);
        commands.MapPost(DevelopmentCommands.RunJob + "{name}", RunJobAsync);
    }

    private static async Task<ContentHttpResult> ReplayAsync(ReplayDeadLetters replay, CancellationToken cancellationToken) =>
        TypedResults.Text(await replay.AllAsync(queue: null, actorId: null, cancellationToken) switch
        {
            (0, 0) => "There are no dead letters.",
            (1, 0) => "1 dead letter is back in its queue.",
            (var replayed, 0) => string.Create(CultureInfo.InvariantCulture, $"{replayed} dead letters are back in their queue."),
            var (replayed, failed) => string.Create(CultureInfo.InvariantCulture, $"{replayed} dead letters are back in their queue; {failed} could not be given back and wait."),
        });

    private static async Task<ContentHttpResult> FlushAsync(FlushTag flush, CancellationToken cancellationToken)
    {
        await flush.ExecuteAsync(CacheTags.Everything, actorId: null, cancellationToken);
        return TypedResults.Text("Everything is computed anew.");
    }

    private static async Task<ContentHttpResult> ResetAsync(ResetDemoData reset, CancellationToken cancellationToken)
    {
        await reset.ExecuteAsync(cancellationToken);
        return TypedResults.Text("The demo data is as it was at the beginning.");
    }

    private static async Task<Results<ContentHttpResult, NotFound>> RunJobAsync(string name, RequestJobRun request, CancellationToken cancellationToken) =>
        await request.ExecuteAsync(name, actorId: null, cancellationToken)
            ? TypedResults.Text($"The job {name} runs now; the operations pages say what came of it.")
            : TypedResults.NotFound();

    private static bool Knows(HttpRequest request, string key) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Headers[DevelopmentCommands.KeyHeader].ToString()), Encoding.UTF8.GetBytes(key));
}
