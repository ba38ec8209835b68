using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Mail;

namespace Travel.Api.Mail;

internal static class MailEndpoints
{
    private const string List = "mails";

    public static async Task<Results<Ok<Page<MailSummary>>, ValidationProblem>> FindAsync(
        string? status,
        [Description("Only those about one booking: its id, or its reference.")] string? booking,
        [Description("Only those to one person: the id of their account, or its address.")] string? recipient,
        [Description("Only one letter, such as booking-confirmed.")] string? kind,
        int? limit,
        string? cursor,
        TravelDbContext db,
        Cursors cursors,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var wanted = MailFilter.Of(status, booking, recipient, kind, errors);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var rows = await MailReads.FindAsync(db, wanted, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, mail => mail.Id));
    }

    public static async Task<Results<Accepted<ResendMailResponse>, ValidationProblem, ProblemHttpResult>> ResendAsync(
        Guid id,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal caller,
        ResendMail resend,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        return await resend.ExecuteAsync(caller.UserId(), id, idempotencyKey, cancellationToken) switch
        {
            ResendMailOutcome.Resent(var mail) => TypedResults.Accepted("/api/v1/operations/mails", mail),
            ResendMailOutcome.NoSuchMail => Problems.NotFound("There is no such mail."),
            ResendMailOutcome.NotPossible(var sentence) => Problems.Of(ProblemTypes.MailNotResendable, sentence),
            ResendMailOutcome.KeyUsedForAnotherRequest => IdempotencyKeys.UsedForAnotherRequest(),
            ResendMailOutcome.InFlight => IdempotencyKeys.InFlight(context),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };
    }
}
