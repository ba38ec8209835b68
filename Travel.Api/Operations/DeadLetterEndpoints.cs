using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Messaging;
using Travel.Domain.Operations;

namespace Travel.Api.Operations;

/// <summary>Messages that were given up, and what operators do about them.</summary>
internal static class DeadLetterEndpoints
{
    private const string DeadLetterList = "dead-letters";

    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/operations/dead-letters").WithTags("Operations").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        letters.MapGet("", ListAsync).WithName("ListDeadLetters").WithSummary("Messages that were given up, newest first").AcceptsQuery("queue", "state", "limit", "cursor");
        letters.MapGet("/{id:guid}", GetAsync).WithName("GetDeadLetter").WithSummary("A message that was given up").AcceptsQuery().Refuses(ProblemTypes.NotFound);
        letters.MapPost("/{id:guid}/replay", ReplayAsync).WithName("ReplayDeadLetter").WithSummary("Give a message back to its queue")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.DeadLetterSettled, ProblemTypes.BrokerAway).Shows(DeadLetterExamples.Replayed);
        letters.MapPost("/replay", ReplayAllAsync).WithName("ReplayDeadLetters").WithSummary("Give every message of a queue that was given up back to it")
            .Refuses(ProblemTypes.BrokerAway);
        letters.MapDelete("/{id:guid}", DropAsync).WithName("DropDeadLetter").WithSummary("Say that a message need not be worked off, and why")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.DeadLetterSettled);
    }

    private static async Task<Results<Ok<Page<DeadLetterResponse>>, ValidationProblem>> ListAsync(
        string? queue, string? state, int? limit, string? cursor, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(DeadLetterList, limit, cursor, errors);
        var wanted = DeadLetterState.Waiting;
        if (queue is not null && !Topology.QueueNames.Contains(queue, StringComparer.Ordinal))
        {
            errors["queue"] = [NoSuchQueue];
        }

        if (state is not null && !DeadLetterReads.TryParse(state, out wanted))
        {
            errors["state"] = [$"One of {string.Join(", ", DeadLetterReads.States)}."];
        }

        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var letters = await DeadLetterReads.ListAsync(db, queue, wanted, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(DeadLetterList, letters, size, letter => letter.Id));
    }

    private static async Task<Results<Ok<DeadLetterResponse>, ProblemHttpResult>> GetAsync(Guid id, TravelDbContext db, CancellationToken cancellationToken) =>
        await DeadLetterReads.FindAsync(db, id, cancellationToken) is { } letter ? TypedResults.Ok(letter) : NoSuchLetter();

    private static async Task<Results<Ok<DeadLetterResponse>, ProblemHttpResult>> ReplayAsync(
        Guid id, ClaimsPrincipal caller, ReplayDeadLetters replay, TravelDbContext db, CancellationToken cancellationToken) =>
        await replay.OneAsync(id, caller.UserId(), cancellationToken) switch
        {
            SettleDeadLetterOutcome.Settled => TypedResults.Ok((await DeadLetterReads.FindAsync(db, id, cancellationToken))!),
            SettleDeadLetterOutcome.SettledBefore => Problems.Of(ProblemTypes.DeadLetterSettled),
            _ => NoSuchLetter(),
        };

    private static async Task<Results<Ok<ReplayDeadLettersResponse>, ValidationProblem>> ReplayAllAsync(
        ReplayDeadLettersRequest request, ClaimsPrincipal caller, ReplayDeadLetters replay, CancellationToken cancellationToken)
    {
        if (!Topology.QueueNames.Contains(request.Queue, StringComparer.Ordinal))
        {
            return Problems.Invalid("queue", NoSuchQueue);
        }

        var all = await replay.AllAsync(request.Queue, caller.UserId(), cancellationToken);
        return TypedResults.Ok(new ReplayDeadLettersResponse(all.Replayed, all.Failed));
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> DropAsync(
        Guid id, [FromBody] DropDeadLetterRequest request, ClaimsPrincipal caller, DropDeadLetter drop, CancellationToken cancellationToken) =>
        AuditEntry.ErrorOf(request.Reason) is { } error
            ? Problems.Invalid("reason", error)
            : await drop.ExecuteAsync(id, caller.UserId(), request.Reason, cancellationToken) switch
            {
                SettleDeadLetterOutcome.Settled => TypedResults.NoContent(),
                SettleDeadLetterOutcome.SettledBefore => Problems.Of(ProblemTypes.DeadLetterSettled),
                _ => NoSuchLetter(),
            };

    private static string NoSuchQueue => $"One of {string.Join(", ", Topology.QueueNames)}.";

    private static ProblemHttpResult NoSuchLetter() => Problems.NotFound("There is no such dead letter.");
}
