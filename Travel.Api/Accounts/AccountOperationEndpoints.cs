using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Mail;

namespace Travel.Api.Accounts;

/// <summary>What operators see of accounts.</summary>
internal static class AccountOperationEndpoints
{
    private const string InactiveList = "inactive-accounts";

    public static void MapAccountOperations(this IEndpointRouteBuilder api) =>
        api.MapGroup("/operations/accounts").WithTags("Accounts").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)))
            .MapGet("/inactive", InactiveAsync).WithName("ListInactiveAccounts")
            .WithSummary("Guests who have not booked for a year and are yet to be invited back, in the order in which they are").AcceptsQuery("limit", "cursor");

    private static async Task<Results<Ok<Page<InactiveAccount>>, ValidationProblem>> InactiveAsync(
        int? limit, string? cursor, TravelDbContext db, Cursors cursors, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(InactiveList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var guests = await InactiveGuests.FindAsync(db, clock.GetUtcNow(), after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(
            InactiveList, guests, size, guest => guest.Id,
            guest => new InactiveAccount(guest.Id, guest.Name, MaskedAddress.Of(guest.Email), guest.CreatedAt, guest.Since)));
    }
}
