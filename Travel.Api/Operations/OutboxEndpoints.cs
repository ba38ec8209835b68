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
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Api.Operations;

/// <summary>Messages that RabbitMQ has refused, and what operators do about them.</summary>
internal static class OutboxEndpoints
{
    private const string RefusedList = "outbox";

    public static void MapOutbox(this IEndpointRouteBuilder api)
    {
        var outbox = api.MapGroup("/operations/outbox").WithTags("Operations").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        outbox.MapGet("", ListAsync).WithName("ListRefusedMessages").WithSummary("Messages that RabbitMQ has refused and that wait, newest first").AcceptsQuery("limit", "cursor");
        outbox.MapGet("/{id:guid}", GetAsync).WithName("GetRefusedMessage").WithSummary("A message that RabbitMQ has refused").AcceptsQuery().Refuses(ProblemTypes.NotFound);
        outbox.MapPost("/{id:guid}/attempt", TryAsync).WithName("TryRefusedMessage").WithSummary("Try to publish a message now")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.RefusedMessageSettled);
        outbox.MapDelete("/{id:guid}", DropAsync).WithName("DropRefusedMessage").WithSummary("Say that a message need not be published, and why")
            .Refuses(ProblemTypes.NotFound, ProblemTypes.RefusedMessageSettled);
    }

    private static async Task<Results<Ok<Page<RefusedMessageResponse>>, ValidationProblem>> ListAsync(
        int? limit, string? cursor, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(RefusedList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var messages = await OutboxReads.ListAsync(db, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(RefusedList, messages, size, message => message.Id));
    }

    private static async Task<Results<Ok<RefusedMessageResponse>, ProblemHttpResult>> GetAsync(Guid id, TravelDbContext db, CancellationToken cancellationToken) =>
        await OutboxReads.FindAsync(db, id, cancellationToken) is { } message ? TypedResults.Ok(message) : NoSuchMessage();

    /// <summary>What comes of it is seen a moment later: the relay tries it, and nobody waits for that.</summary>
    private static async Task<Results<Accepted, ProblemHttpResult>> TryAsync(
        Guid id, ClaimsPrincipal caller, TryRefusedMessage tryAgain, CancellationToken cancellationToken) =>
        await tryAgain.ExecuteAsync(id, caller.UserId(), cancellationToken) switch
        {
            SettleRefusedOutcome.Settled => TypedResults.Accepted((string?)null),
            SettleRefusedOutcome.SettledBefore => Problems.Of(ProblemTypes.RefusedMessageSettled),
            _ => NoSuchMessage(),
        };

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> DropAsync(
        Guid id, [FromBody] DropRefusedMessageRequest request, ClaimsPrincipal caller, DropRefusedMessage drop, CancellationToken cancellationToken) =>
        AuditEntry.ErrorOf(request.Reason) is { } error
            ? Problems.Invalid("reason", error)
            : await drop.ExecuteAsync(id, caller.UserId(), request.Reason, cancellationToken) switch
            {
                SettleRefusedOutcome.Settled => TypedResults.NoContent(),
                SettleRefusedOutcome.SettledBefore => Problems.Of(ProblemTypes.RefusedMessageSettled),
                _ => NoSuchMessage(),
            };

    private static ProblemHttpResult NoSuchMessage() => Problems.NotFound("There is no such message.");
}
