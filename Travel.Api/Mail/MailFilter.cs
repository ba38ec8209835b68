using Travel.Contracts.Operations;
using Travel.Domain.Bookings;

namespace Travel.Api.Mail;

/// <summary>Which mails an operator wants to see. What is null or empty is not asked about.</summary>
internal sealed record MailFilter(IReadOnlyList<MailStatus> Statuses, Guid? BookingId, string? Reference, RecipientFilter Recipient, string? Kind)
{
    private const int LongestKind = 50;

    private static readonly Dictionary<string, MailStatus> Statused =
        Enum.GetValues<MailStatus>().ToDictionary(status => status.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static MailFilter Of(string? status, string? booking, string? recipient, string? kind, Dictionary<string, string[]> errors)
    {
        var statuses = status?.Split(',') ?? [];
        if (!statuses.All(Statused.ContainsKey))
        {
            errors["status"] = [$"Of {string.Join(", ", Statused.Keys)}, separated by commas."];
            statuses = [];
        }

        var isBookingId = Guid.TryParse(booking, out var bookingId);
        if (booking is not null && !isBookingId && !(booking.Length == BookingReference.Length && booking.All(BookingReference.Alphabet.Contains)))
        {
            errors["booking"] = ["Neither the id nor the reference of a booking."];
        }

        if (kind is not null && !(kind.Length is > 0 and <= LongestKind && kind.All(character => char.IsAsciiLetterLower(character) || character == '-')))
        {
            errors["kind"] = [$"Small letters and hyphens, {LongestKind} of them at most."];
        }

        return new MailFilter(
            [.. statuses.Select(name => Statused[name]).Distinct()],
            isBookingId ? bookingId : null,
            isBookingId ? null : booking,
            RecipientFilter.Of(recipient, errors),
            kind);
    }
}
