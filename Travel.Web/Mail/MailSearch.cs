using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts.Operations;

namespace Travel.Web.Mail;

/// <summary>What an operator looks for, as the address of the page says it. What is null is not asked about.</summary>
/// <param name="Recipient">An address, or the id of an account.</param>
/// <param name="Cursor">Of the page to come after.</param>
internal sealed record MailSearch(string? Status = null, string? Booking = null, string? Recipient = null, string? Cursor = null)
{
    /// <summary>A field that was left empty says nothing.</summary>
    public static MailSearch Of(string? status, string? booking, string? recipient, string? cursor) => new(
        Said(status), Said(booking)?.ToUpperInvariant(), Said(recipient), Said(cursor));

    /// <summary>From the first page on, and only those in this state; null for all.</summary>
    public MailSearch In(MailStatus? status) => this with { Status = status?.ToString().ToLowerInvariant(), Cursor = null };

    public bool IsIn(MailStatus? status) => Status == In(status).Status;

    /// <summary>The path with what is asked for.</summary>
    public string At(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["status"] = Status, ["booking"] = Booking, ["recipient"] = Recipient, ["cursor"] = Cursor,
    });

    private static string? Said(string? field) => string.IsNullOrWhiteSpace(field) ? null : field.Trim();
}
