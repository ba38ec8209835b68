using Travel.Api.Bookings;
using Travel.Api.Documentation;
using Travel.Api.Listings;
using Travel.Contracts.Operations;

namespace Travel.Api.Mail;

internal static class MailExamples
{
    private const string Address = "guest@example.org";
    private const string MaskedAddress = "g***@example.org";
    private const string Reason = "The owner of the address asked for it by telephone.";
    private static readonly DateTimeOffset Now = ListingExamples.Now;

    public static IReadOnlyList<Example> All { get; } =
    [
        Example.PageOf(new MailSummary(
            new("01990b70-45ab-7c3d-8e4f-6a7b8c9d0e1f"),
            "booking-confirmed",
            MailStatus.Deferred,
            new("01990a10-2b3c-7d4e-8f50-61728394a5b6"),
            MaskedAddress,
            BookingExamples.Id,
            BookingExamples.Reference,
            Attempts: 2,
            "The mail server did not take the mail: MailboxBusy. Mailbox unavailable. The server response was: 4.2.0 try again later",
            Now,
            SentAt: null,
            Now.AddSeconds(12),
            ResendOf: null)),
        Example.Of(new ResendMailResponse(new("01990b71-56bc-7d4e-9f50-7b8c9d0e1f20"))),
        Example.PageOf(new SuppressionResponse(
            new("01990b72-67cd-7e5f-8061-8c9d0e1f2031"), MaskedAddress, SuppressionReason.Operator, Now, "Hanna", Reason)),
        Example.Of(new SuppressionResponse(new("01990b72-67cd-7e5f-8061-8c9d0e1f2031"), MaskedAddress, SuppressionReason.Operator, Now, "Hanna", Reason)),
        Example.Of(new SuppressAddressRequest(Address, Reason)),
        Example.Of(new LiftSuppressionRequest("The mailbox is there again.")),
        Example.Of(new UnsubscribeRequest("6f1c2d3e4b5a49788796a5b4c3d2e1f0")),
    ];
}
