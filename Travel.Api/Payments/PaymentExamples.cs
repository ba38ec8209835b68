using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Payments;

namespace Travel.Api.Payments;

internal static class PaymentExamples
{
    public const string TxRef = "TRV-7KDM4QXR-9CW2HKP4TRX5";
    private static readonly DateTimeOffset PaidAt = ListingExamples.Now.AddMinutes(4);

    private static readonly BookingPayment Paid = new(
        PaymentStatus.Paid, Due: null, DueUntil: null, IsDueForChange: false, ListingExamples.Quote.Total, ListingExamples.Quote.Total with { MinorUnits = 0 },
        [new Receipt(TxRef, ListingExamples.Quote.Total, "telebirr", PaidAt)],
        []);

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.Of(new CheckoutResponse(new Uri("https://checkout.chapa.co/checkout/payment/PuxUrSF94U1bwREPJEgKkVVSy5Qg8EZRhGQunIXCRMzaD"), TxRef)),
        Example.Of(Paid),
        Example.Of(new PaymentWebhook("charge.success", TxRef, "APfxLvKmd2Qs", "success")),
    ];
}
