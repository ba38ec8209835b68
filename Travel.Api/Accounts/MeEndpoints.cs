using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Limits;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>One's own account.</summary>
internal static class MeEndpoints
{
    private const string TooManyPasswords = "You have given a password too often in a short time. Try again later.";

    public static void MapMe(this IEndpointRouteBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Accounts").RequireAuthorization().NeedsLiveSession();
        me.MapGet("", GetAsync).WithName("GetMe").WithSummary("Your account").AcceptsQuery();
        me.MapPut("", UpdateAsync).WithName("UpdateMe").WithSummary("Change name and phone number");
        me.MapPost("/hosting", BecomeHostAsync).WithName("BecomeHost").WithSummary("Become a host; access tokens say so from the next refresh on").Shows(AccountExamples.AHost);
        me.MapPut("/password", ChangePasswordAsync).WithName("ChangePassword").WithSummary("Change the password; ends your other sessions");
        me.MapGet("/export", ExportAsync).WithName("ExportMe").WithSummary("Everything we hold on you").AcceptsQuery().Sends("Content-Disposition");
        me.MapDelete("", EraseAsync).WithName("EraseMe").WithSummary("Have your account erased, for good")
            .Refuses(ProblemTypes.StaysToCome, ProblemTypes.GuestsToCome, ProblemTypes.MoneyUnderWay, ProblemTypes.LastOperator);
    }

    private static async Task<Ok<MeResponse>> GetAsync(ClaimsPrincipal caller, TravelDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok(await MeAsync(db, caller.UserId(), cancellationToken));

    private static async Task<Results<Ok<MeResponse>, ValidationProblem>> UpdateAsync(
        UpdateMeRequest request, ClaimsPrincipal caller, UpdateProfile update, TravelDbContext db, CancellationToken cancellationToken)
    {
        var errors = await update.ExecuteAsync(caller.UserId(), request, cancellationToken);
        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.Ok(await MeAsync(db, caller.UserId(), cancellationToken));
    }

    /// <summary>A host and an operator stay what they are.</summary>
    private static async Task<Ok<MeResponse>> BecomeHostAsync(ClaimsPrincipal caller, TravelDbContext db, CancellationToken cancellationToken)
    {
        var id = caller.UserId();
        await db.Users.Where(user => user.Id == id && user.Role == Role.Guest && user.ErasedAt == null)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.Role, Role.Host), cancellationToken);
        return TypedResults.Ok(await MeAsync(db, id, cancellationToken));
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> ChangePasswordAsync(
        ChangePasswordRequest request, ClaimsPrincipal caller, ChangePassword change, PasswordLimit limit, HttpContext context, CancellationToken cancellationToken)
    {
        if (await limit.TakeAsync(caller.UserId()) is { } retryAfter)
        {
            return context.TooManyRequests(TooManyPasswords, retryAfter);
        }

        var errors = await change.ExecuteAsync(caller.UserId(), caller.SessionId()!.Value, request, cancellationToken);
        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.NoContent();
    }

    private static async Task<Ok<AccountExport>> ExportAsync(
        ClaimsPrincipal caller, ExportAccount export, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.ContentDisposition = "attachment; filename=\"travel-account.json\"";
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(await export.ExecuteAsync(caller.UserId(), cancellationToken));
    }

    private static async Task<Results<NoContent, ValidationProblem, ProblemHttpResult>> EraseAsync(
        [FromBody] EraseMeRequest request, ClaimsPrincipal caller, PasswordCheck passwords, EraseAccount erase, PasswordLimit limit, HttpContext context,
        CancellationToken cancellationToken)
    {
        var id = caller.UserId();
        if (await limit.TakeAsync(id) is { } retryAfter)
        {
            return context.TooManyRequests(TooManyPasswords, retryAfter);
        }

        if (await passwords.OwnerOfAsync(id, request.Password, cancellationToken) is null)
        {
            return Problems.Invalid("password", ChangePassword.NotYours[0]);
        }

        return await erase.ExecuteAsync(id, cancellationToken) switch
        {
            EraseAccountOutcome.HasStaysToCome => Problems.Of(ProblemTypes.StaysToCome),
            EraseAccountOutcome.ExpectsGuests => Problems.Of(ProblemTypes.GuestsToCome),
            EraseAccountOutcome.HasMoneyUnderWay => Problems.Of(ProblemTypes.MoneyUnderWay),
            EraseAccountOutcome.IsLastOperator => Problems.Of(ProblemTypes.LastOperator),
            // Gone already, by a request that came a moment earlier: what was asked for is so.
            _ => TypedResults.NoContent(),
        };
    }

    private static async Task<MeResponse> MeAsync(TravelDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleAsync(found => found.Id == id, cancellationToken);
        return new MeResponse(user.Id, user.Email ?? "", user.DisplayName, user.PhoneNumber, user.Role.ToContract(), user.CreatedAt);
    }
}
