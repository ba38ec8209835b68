using System.ComponentModel;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Mail;
using Travel.Domain.Operations;

namespace Travel.Api.Mail;

internal static class SuppressionEndpoints
{
    private const string List = "suppressions";

    public static async Task<Results<Ok<Page<SuppressionResponse>>, ValidationProblem>> FindAsync(
        [Description("Only those of one person: the id of their account, or an address.")] string? recipient,
        int? limit,
        string? cursor,
        TravelDbContext db,
        Cursors cursors,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var wanted = RecipientFilter.Of(recipient, errors);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var rows = await SuppressionReads.FindAsync(db, wanted, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, suppression => suppression.Id));
    }

    public static async Task<Results<Ok<SuppressionResponse>, ValidationProblem>> SuppressAsync(
        SuppressAddressRequest request, ClaimsPrincipal caller, SuppressAddress suppress, TravelDbContext db, CancellationToken cancellationToken)
    {
        var errors = await suppress.ExecuteAsync(caller.UserId(), request.Address, request.Reason, cancellationToken);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        return TypedResults.Ok(await SuppressionReads.OfOperatorAsync(db, request.Address, cancellationToken));
    }

    public static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> LiftAsync(
        Guid id, [FromBody] LiftSuppressionRequest request, ClaimsPrincipal caller, LiftSuppression lift, CancellationToken cancellationToken)
    {
        if (AuditEntry.ErrorOf(request.Reason) is { } error)
        {
            return Problems.Invalid("reason", error);
        }

        return await lift.ExecuteAsync(caller.UserId(), id, request.Reason, cancellationToken)
            ? TypedResults.NoContent()
            : Problems.NotFound("There is no such entry.");
    }
}
