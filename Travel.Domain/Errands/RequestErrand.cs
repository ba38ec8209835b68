using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Errands;
using Travel.Domain.Idempotency;
using Travel.Domain.Operations;
using Travel.Domain.Outbox;

namespace Travel.Domain.Errands;

/// <summary>An operator sends a worker on an errand. Asking and telling the workers of it are one transaction.</summary>
public sealed class RequestErrand(TravelDbContext db, OutboxSignal outbox, TimeProvider clock)
{
    public async Task<RequestErrandOutcome> ExecuteAsync(
        Guid operatorId, ErrandKind kind, ErrandArguments arguments, string idempotencyKey, CancellationToken cancellationToken)
    {
        if (ErrandRules.ErrorsOf(kind, arguments, clock.GetUtcNow()) is { Count: > 0 } errors)
        {
            return new RequestErrandOutcome.Invalid(errors);
        }

        var request = IdempotentRequest.Of(operatorId, idempotencyKey, nameof(RequestErrand), new { kind, arguments });
        var outcome = await db.InTransactionAsync(token => RequestAsync(request, operatorId, kind, arguments, token), cancellationToken);
        outbox.Wake();
        return outcome;
    }

    private async Task<RequestErrandOutcome> RequestAsync(
        IdempotentRequest request, Guid operatorId, ErrandKind kind, ErrandArguments arguments, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        switch (await request.TakeAsync(db, now, cancellationToken))
        {
            case KeyState.InFlight: return new RequestErrandOutcome.InFlight();
            case KeyState.UsedForAnotherRequest: return new RequestErrandOutcome.KeyUsedForAnotherRequest();
            case KeyState.Answered answered: return new RequestErrandOutcome.Requested(answered.As<ErrandResponse>());
        }

        var errand = new Errand
        {
            Id = Guid.CreateVersion7(now), Kind = kind, Arguments = arguments, AskedBy = operatorId, State = ErrandState.Waiting, CreatedAt = now,
        };
        var askedBy = await db.Users.Where(user => user.Id == operatorId).Select(user => user.DisplayName).SingleAsync(cancellationToken);
        var response = errand.ToResponse(askedBy);
        db.Errands.Add(errand);
        db.Outbox.Add(OutboxMessage.Of(new ErrandRequested(errand.Id), now));
        db.Audit.Add(AuditEntry.Of(operatorId, "errand-requested", ErrandRules.SubjectOf(errand), now));
        db.IdempotencyKeys.Add(request.Answer(response, now));
        await db.SaveChangesAsync(cancellationToken);
        return new RequestErrandOutcome.Requested(response);
    }
}

public abstract record RequestErrandOutcome
{
    private RequestErrandOutcome()
    {
    }

    /// <summary>A worker takes it up, or has done so: as it was when it was asked for first.</summary>
    public sealed record Requested(ErrandResponse Errand) : RequestErrandOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : RequestErrandOutcome;

    public sealed record InFlight : RequestErrandOutcome;

    public sealed record KeyUsedForAnotherRequest : RequestErrandOutcome;
}
