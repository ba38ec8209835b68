using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;

namespace Travel.Api.Payments;

internal static class PaymentOperationExamples
{
    private const string TxRef = "TRV-7KDM4QXR-9GQ2K7MXW4TD";
    private const string Reason = "Half of it was paid, and the guest does not come.";
    private static readonly DateTimeOffset Now = ListingExamples.Now;
    private static readonly Guid PaymentId = new("01990b60-12ab-7c3d-9e4f-5a6b7c8d9e0f");
    private static readonly Guid RefundId = new("01990b61-34cd-7e5f-8a1b-2c3d4e5f6a7b");
    private static readonly Money Asked = new(375_000, Currencies.EthiopianBirr);
    private static readonly Money Came = new(187_500, Currencies.EthiopianBirr);
    private static readonly string RefundReference = $"RFD-{RefundId:N}";

    private static readonly PaymentAttempt Attempt = new(
        PaymentId, TxRef, "mismatched", Asked, Came, "APqDvFyZ0tZd", "telebirr", IsForChange: false, Checks: 1, Came with { MinorUnits = 0 }, Now, Now.AddMinutes(3), NextCheckAt: null);

    private static readonly RefundDetail Refund = new(
        RefundId, PaymentId, RefundReference, "due", "operator", Came, IsInDoubt: false, LastError: null, Now.AddHours(1), SettledAt: null, Now.AddHours(1));

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.PageOf(new UnsettledPayment(
            UnsettledKind.Mismatched, PaymentId, RefundId: null, TxRef, BookingExamples.Id, BookingExamples.Reference, Attempt.State, Asked, Came, Came,
            LastError: null, Now.AddMinutes(3), NextCheckAt: null)),
        Example.Of(Attempt),
        Example.Of(new RefundPaymentRequest(Came, Reason)),
        Example.Of(Refund),
        Example.Of(new SettleRefundRequest(IsRefunded: true, "It is in the list of the provider's dashboard.")),
        Example.PageOf(new GatewayReportResponse(Now.AddDays(1), Now.AddDays(-3), Compared: 212, [$"{TxRef}: {Came} paid at the provider, and not known here."])),
        Example.Of(new BookingLedger(
            BookingExamples.Id,
            BookingExamples.Reference,
            BookingStatus.Expired,
            [Attempt],
            [Refund],
            [
                new LedgerLine(Now.AddMinutes(3), "mismatched", "gateway", Came, Credit: null, TxRef, RefundReference: null),
                new LedgerLine(Now.AddMinutes(3), "mismatched", "open", Debit: null, Came, TxRef, RefundReference: null),
                new LedgerLine(Now.AddHours(1), "operator", "open", Came, Credit: null, TxRef, RefundReference),
                new LedgerLine(Now.AddHours(1), "operator", "refund", Debit: null, Came, TxRef, RefundReference),
            ],
            [new LedgerBalance("gateway", Came), new LedgerBalance("refund", Came), new LedgerBalance("open", Came with { MinorUnits = 0 })])),
    ];
}
