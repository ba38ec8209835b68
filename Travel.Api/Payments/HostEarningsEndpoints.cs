using System.ComponentModel;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts.Payments;
using Travel.Domain;

namespace Travel.Api.Payments;

/// <summary>What a host has earned, to read and for the books.</summary>
internal static class HostEarningsEndpoints
{
    private const string FirstDay = "First day; of the month that `to` is in, or of this one, when left out.";
    private const string LastDay = "Last day, at most 366 days with the first; of the month that `from` is in, or of this one, when left out.";

    public static void MapHostEarnings(this IEndpointRouteBuilder api)
    {
        var host = api.MapGroup("/host").WithTags("Payments").RequireAuthorization(policy => policy.RequireRole("host"));
        host.MapGet("/earnings", FindAsync).WithName("FindEarnings").WithSummary("What you have earned").AcceptsQuery("from", "to");
        host.MapGet("/earnings.csv", DownloadAsync).WithName("DownloadEarnings").WithSummary("The same as a file for bookkeeping (RFC 4180), oldest first")
            .Produces<string>(StatusCodes.Status200OK, "text/csv").AcceptsQuery("from", "to").Shows(EarningsExamples.File).Sends("Content-Disposition");
    }

    private static async Task<Results<Ok<EarningsResponse>, ValidationProblem>> FindAsync(
        [Description(FirstDay)] DateOnly? from,
        [Description(LastDay)] DateOnly? to,
        ClaimsPrincipal host,
        TravelDbContext db,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var span = EarningsSpan.Of(from, to, clock.GetUtcNow(), errors);
        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.Ok(await EarningsReads.FindAsync(db, host.UserId(), span, cancellationToken));
    }

    private static async Task<Results<FileContentHttpResult, ValidationProblem>> DownloadAsync(
        [Description(FirstDay)] DateOnly? from,
        [Description(LastDay)] DateOnly? to,
        ClaimsPrincipal host,
        TravelDbContext db,
        TimeProvider clock,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var span = EarningsSpan.Of(from, to, clock.GetUtcNow(), errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var earnings = await EarningsReads.FindAsync(db, host.UserId(), span, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(EarningsFile.Of(earnings)), "text/csv; charset=utf-8", EarningsFile.NameOf(span));
    }
}
