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
using Travel.Contracts.Payments;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Payments;

namespace Travel.Api.Payments;

/// <summary>What operators see of money, and do about it.</summary>
internal static class PaymentOperationEndpoints
{
    private const string UnsettledList = "unsettled-payments";
    private const string ReportList = "gateway-reports";

    public static void MapPaymentOperations(this IEndpointRouteBuilder api)
    {
        var operations = api.MapGroup("/operations").WithTags("Payments").RequireAuthorization(policy => policy.RequireRole(RoleNames.Of(Role.Operator)));
        operations.MapGet("/payments/unsettled", UnsettledAsync).WithName("ListUnsettledPayments")
            .WithSummary("Payments and refunds that wait for somebody, what has waited longest first").AcceptsQuery("limit", "cursor");
        operations.MapPost("/payments/{id:guid}/reconcile", ReconcileAsync).WithName("ReconcilePayment")
            .WithSummary("Ask the payment provider about a payment now").Refuses(ProblemTypes.NotFound);
        operations.MapPost("/payments/{id:guid}/refund", RefundAsync).WithName("RefundPayment")
            .WithSummary("Send back what of a payment is part of no stay").ChecksKey().Refuses(ProblemTypes.NotFound, ProblemTypes.RefundTooLarge);
        operations.MapPost("/refunds/{id:guid}/settlement", SettleAsync).WithName("SettleRefund")
            .WithSummary("Say what became of a refund that is in doubt").Refuses(ProblemTypes.NotFound, ProblemTypes.RefundNotInDoubt);
        operations.MapGet("/payments/reports", ReportsAsync).WithName("ListGatewayReports")
            .WithSummary("In what the payment provider's books and ours differ, the last report first").AcceptsQuery("limit", "cursor");
        operations.MapGet("/bookings/{id:guid}/ledger", LedgerAsync).WithName("GetBookingLedger").WithSummary("All that is known of a booking's money")
            .AcceptsQuery().Refuses(ProblemTypes.NotFound);
    }

    private static async Task<Results<Ok<Page<UnsettledPayment>>, ValidationProblem>> UnsettledAsync(
        int? limit, string? cursor, TravelDbContext db, Cursors cursors, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(UnsettledList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var rows = await UnsettledPayments.FindAsync(db, clock.GetUtcNow(), after, size + 1, cancellationToken);
        return TypedResults.Ok(cursors.Cut(UnsettledList, rows, size, row => row.Id, row => row.ToResponse()));
    }

    private static async Task<Results<Ok<PaymentAttempt>, ProblemHttpResult>> ReconcileAsync(
        Guid id, ClaimsPrincipal caller, ReconcilePayment reconcile, TravelDbContext db, CancellationToken cancellationToken) =>
        await reconcile.ExecuteAsync(caller.UserId(), id, cancellationToken)
            ? TypedResults.Ok(await BookingLedgers.AttemptAsync(db, id, cancellationToken))
            : NoSuchPayment();

    private static async Task<Results<Created<RefundDetail>, Ok<RefundDetail>, ValidationProblem, ProblemHttpResult>> RefundAsync(
        Guid id,
        RefundPaymentRequest request,
        [FromHeader(Name = IdempotencyKeys.Header)] string? idempotencyKey,
        ClaimsPrincipal caller,
        RefundPayment refund,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        if (IdempotencyKeys.IsMissing(idempotencyKey))
        {
            return IdempotencyKeys.Missing();
        }

        return await refund.ExecuteAsync(caller.UserId(), id, request.Amount, request.Reason, idempotencyKey, cancellationToken) switch
        {
            RefundPaymentOutcome.Decided(var decided, var booking) => TypedResults.Created($"/api/v1/operations/bookings/{booking}/ledger", decided),
            RefundPaymentOutcome.Repeated(var decided) => TypedResults.Ok(decided),
            RefundPaymentOutcome.NoSuchPayment => NoSuchPayment(),
            RefundPaymentOutcome.Invalid(var errors) => Problems.Invalid(errors),
            RefundPaymentOutcome.TooLarge(var refundable, var stay) => TooLarge(refundable, stay),
            RefundPaymentOutcome.KeyUsedForAnotherRequest => IdempotencyKeys.UsedForAnotherRequest(),
            RefundPaymentOutcome.InFlight => IdempotencyKeys.InFlight(context),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<RefundDetail>, ValidationProblem, ProblemHttpResult>> SettleAsync(
        Guid id, SettleRefundRequest request, ClaimsPrincipal caller, SettleRefund settle, CancellationToken cancellationToken) =>
        await settle.ExecuteAsync(caller.UserId(), id, request.IsRefunded, request.Reason, cancellationToken) switch
        {
            SettleRefundOutcome.Settled(var refund) => TypedResults.Ok(refund.ToDetail()),
            SettleRefundOutcome.NoSuchRefund => Problems.NotFound("There is no such refund."),
            SettleRefundOutcome.NotInDoubt => Problems.Of(ProblemTypes.RefundNotInDoubt),
            SettleRefundOutcome.Invalid(var error) => Problems.Invalid("reason", error),
            var outcome => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };

    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    private static async Task<Results<Ok<Page<GatewayReportResponse>>, ValidationProblem>> ReportsAsync(
        int? limit, string? cursor, TravelDbContext db, Cursors cursors, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var (size, after) = cursors.PageOf(ReportList, limit, cursor, errors);
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var reports = await db.GatewayReports.AsNoTracking().Where(report => after == Guid.Empty || report.Id < after)
            .OrderByDescending(report => report.Id).Take(size + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(cursors.Cut(
            ReportList, reports, size, report => report.Id, report => new GatewayReportResponse(report.At, report.Since, report.Compared, report.Differences)));
    }

    private static async Task<Results<Ok<BookingLedger>, ProblemHttpResult>> LedgerAsync(Guid id, TravelDbContext db, CancellationToken cancellationToken) =>
        await BookingLedgers.GetAsync(db, id, cancellationToken) is { } ledger ? TypedResults.Ok(ledger) : Problems.NotFound("There is no such booking.");

    private static ProblemHttpResult TooLarge(Money refundable, Money stay) => Problems.Of(
        ProblemTypes.RefundTooLarge,
        $"At most {refundable} of this payment can be sent back."
        + (stay.MinorUnits > 0 ? $" {stay} is part of a stay, and goes back when that is cancelled before its end." : ""));

    private static ProblemHttpResult NoSuchPayment() => Problems.NotFound("There is no such payment.");
}
