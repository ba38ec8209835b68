using Microsoft.EntityFrameworkCore;
using Travel.Bench.Servers;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;
using Travel.Worker.Mail;

namespace Travel.Bench.Mails;

/// <summary>The mails that bookings end in, which are two: one to the guest, one to the host.</summary>
internal static class BookedMails
{
    public static readonly IReadOnlyList<string> Kinds = [BookingConfirmation.Kind, BookingForHost.Kind];

    /// <summary>Bookings before the first that count: about as many as it takes until the code that they run is compiled for good.</summary>
    public const int WarmUp = 8000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Until the mail server has as many.</summary>
    public static Task ArrivedAsync(BenchSystem system, int mails, CancellationToken cancellationToken) =>
        Waiting.UntilAsync(() => Task.FromResult(system.Mails.Count >= mails), Patience, $"{mails} mails", cancellationToken);

    /// <summary>Until each of them is noted as sent, so that nothing of them is left to do.</summary>
    public static async Task SettledAsync(BenchSystem system, CancellationToken cancellationToken)
    {
        await using var db = await system.DatabaseAsync();
        await Waiting.UntilAsync(
            async () => !await db.Mails.AnyAsync(mail => mail.Status != MailStatus.Sent, cancellationToken), Patience, "All mails noted as sent", cancellationToken);
    }
}
