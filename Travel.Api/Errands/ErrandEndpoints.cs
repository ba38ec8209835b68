using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Travel.Api.Accounts;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Errands;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Errands;

namespace Travel.Api.Errands;

/// <summary>What operators have done that takes longer than anybody waits for an answer. The workers do it; here it is asked for, watched and fetched.</summary>
internal static class ErrandEndpoints
{
    private const string List = "errands";

    public static void MapErrands(this IEndpointRouteBuilder api)
    {
        var errands = api.MapGroup("/operations/errands").WithTags("Errands").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        errands.MapPost("", RequestAsync).WithName("RequestErrand").WithSummary("Have the ledger of some days exported, or all photos checked")
            .ChecksKey().Shows(ErrandExamples.Requested).Sends("Location");
        errands.MapGet("", ListAsync).WithName("ListErrands").WithSummary("What was asked for, newest first").AcceptsQuery("limit", "cursor");

        var errand = errands.MapGroup("/{id:guid}").Refuses(ProblemTypes.NotFound);
        errand.MapGet("", GetAsync).WithName("GetErrand").WithSummary("One errand, with how far it is").AcceptsQuery();
        errand.MapGet("/file", DownloadAsync).WithName("DownloadErrandFile").WithSummary("The file of an errand that is done (RFC 4180)")
            .Produces<string>(StatusCodes.Status200OK, "text/csv").AcceptsQuery().Shows(ErrandExamples.File).Sends("Content-Disposition");
        errand.MapPost("/cancellation", CancelAsync).WithName("CancelErrand").WithSummary("Do without an errand that has not ended")
            .Refuses(ProblemTypes.ErrandOver).Shows(ErrandExamples.Cancelled);
    }

    private static async Task<Results<Accepted<ErrandResponse>, ValidationProblem, ProblemHttpResult>> RequestAsync(
        RequestErrandRequest request,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal caller,
        RequestErrand requestErrand,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        var arguments = new ErrandArguments(request.From, request.To);
        return await requestErrand.ExecuteAsync(caller.UserId(), request.Kind, arguments, idempotencyKey, cancellationToken) switch
        {
            RequestErrandOutcome.Requested(var errand) => TypedResults.Accepted($"/api/v1/operations/errands/{errand.Id}", errand),
            RequestErrandOutcome.Invalid(var errors) => Problems.Invalid(errors),
            RequestErrandOutcome.KeyUsedForAnotherRequest => IdempotencyKeys.UsedForAnotherRequest(),
            RequestErrandOutcome.InFlight => IdempotencyKeys.InFlight(context),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };
    }

    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    private static async Task<Results<Ok<Page<ErrandResponse>>, ValidationProblem>> ListAsync(
        int? limit, string? cursor, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(List, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var rows = await ReadAsync(
            db, db.Errands.Where(errand => after == Guid.Empty || errand.Id < after).OrderByDescending(errand => errand.Id).Take(size + 1), cancellationToken);
        return TypedResults.Ok(cursors.Cut(List, rows, size, errand => errand.Id));
    }

    private static async Task<Results<Ok<ErrandResponse>, ProblemHttpResult>> GetAsync(Guid id, TravelDbContext db, CancellationToken cancellationToken) =>
        await ReadAsync(db, db.Errands.Where(errand => errand.Id == id), cancellationToken) is [var errand] ? TypedResults.Ok(errand) : NoSuchErrand();

    /// <summary>One part after another, whatever the size. The length is said before, so that a file that breaks off is known to be no file.</summary>
    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> DownloadAsync(
        Guid id, TravelDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        var file = await db.Errands.Where(errand => errand.Id == id).Select(errand => new { errand.FileName, errand.FileSizeBytes }).SingleOrDefaultAsync(cancellationToken);
        if (file is not { FileName: { } name })
        {
            return file is null ? NoSuchErrand() : Problems.NotFound("There is no file before the errand is done.");
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = file.FileSizeBytes;
        return TypedResults.Stream(response => WriteFileAsync(db, id, response, cancellationToken), "text/csv; charset=utf-8", name);
    }

    private static async Task WriteFileAsync(TravelDbContext db, Guid id, Stream response, CancellationToken cancellationToken)
    {
        for (var number = 0; await PartAsync(number) is { } content; number++)
        {
            await response.WriteAsync(content, cancellationToken);
        }

        Task<byte[]?> PartAsync(int number) => db.ErrandFileParts
            .Where(part => part.ErrandId == id && part.Number == number).Select(part => part.Content).SingleOrDefaultAsync(cancellationToken);
    }

    private static async Task<Results<Ok<ErrandResponse>, ProblemHttpResult>> CancelAsync(
        Guid id, ClaimsPrincipal caller, CancelErrand cancel, TravelDbContext db, CancellationToken cancellationToken) =>
        await cancel.ExecuteAsync(caller.UserId(), id, cancellationToken) switch
        {
            null => NoSuchErrand(),
            { State: ErrandState.Cancelled } => await GetAsync(id, db, cancellationToken),
            _ => Problems.Of(ProblemTypes.ErrandOver),
        };

    private static async Task<List<ErrandResponse>> ReadAsync(TravelDbContext db, IQueryable<Errand> errands, CancellationToken cancellationToken)
    {
        var rows = await errands.AsNoTracking()
            .Select(errand => new { Errand = errand, AskedBy = db.Users.Where(user => user.Id == errand.AskedBy).Select(user => user.DisplayName).First() })
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => row.Errand.ToResponse(row.AskedBy));
    }

    private static ProblemHttpResult NoSuchErrand() => Problems.NotFound("There is no such errand.");
}
