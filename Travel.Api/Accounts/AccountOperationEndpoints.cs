using System.ComponentModel;
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
    private const string UserList = "users";

    public static void MapAccountOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Accounts").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        operations.MapGet("/accounts/inactive", InactiveAsync).WithName("ListInactiveAccounts")
            .WithSummary("Guests who have not booked for a year and are yet to be invited back, in the order in which they are").AcceptsQuery("limit", "cursor");
        operations.MapGet("/users", FindAsync).WithName("FindUsers").WithSummary("People with an account, newest first").AcceptsQuery("q", "role", "limit", "cursor");
    }

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

    private static async Task<Results<Ok<Page<UserSummary>>, ValidationProblem>> FindAsync(
        [Description("The whole e-mail address of somebody, or part of their name; if that has fewer than three characters, its beginning.")] string? q,
        string? role,
        int? limit,
        string? cursor,
        TravelDbContext db,
        Cursors cursors,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var wanted = UserFilter.Of(q, role, errors);
        var (size, after) = cursors.PageOf(UserList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var users = await wanted.FindAsync(db, after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(
            UserList, users, size, user => user.Id,
            user => new UserSummary(user.Id, user.Name, MaskedAddress.Of(user.Email), user.EmailVerified, user.Role.ToContract(), user.CreatedAt)));
    }
}
