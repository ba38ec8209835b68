using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Operations;
using Travel.Domain;
using Travel.Domain.Mail;

namespace Travel.Api.Mail;

internal static class MailReads
{
    /// <summary>One query. Ids are version 7 UUIDs: descending they are newest first.</summary>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public static async Task<List<MailSummary>> FindAsync(TravelDbContext db, MailFilter wanted, Guid after, int limit, CancellationToken cancellationToken)
    {
        var rows = await Wanted(db, wanted)
            .Where(mail => after == Guid.Empty || mail.Id < after)
            .OrderByDescending(mail => mail.Id)
            .Take(limit)
            .Select(mail => new
            {
                Mail = mail,
                Address = db.Users.Where(user => user.Id == mail.RecipientId).Select(user => user.Email).FirstOrDefault(),
                Reference = db.Bookings.Where(booking => booking.Id == mail.BookingId).Select(booking => booking.Reference).FirstOrDefault(),
            })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return rows.ConvertAll(row => ToSummary(row.Mail, row.Address, row.Reference));
    }

    private static IQueryable<MailMessage> Wanted(TravelDbContext db, MailFilter wanted)
    {
        IQueryable<MailMessage> mails = db.Mails;
        if (wanted.Statuses.Count > 0)
        {
            mails = mails.Where(mail => wanted.Statuses.Contains(mail.Status));
        }

        if (wanted.Statuses.Count > 0 && !wanted.Statuses.Contains(MailStatus.Sent))
        {
            // Says so to PostgreSQL, which has an index of those.
            mails = mails.Where(mail => mail.Status != MailStatus.Sent);
        }

        if (wanted.BookingId is { } bookingId)
        {
            mails = mails.Where(mail => mail.BookingId == bookingId);
        }

        if (wanted.Reference is { } reference)
        {
            mails = mails.Where(mail => mail.BookingId == db.Bookings.Where(booking => booking.Reference == reference).Select(booking => booking.Id).FirstOrDefault());
        }

        if (wanted.Recipient.Id is { } recipientId)
        {
            mails = mails.Where(mail => mail.RecipientId == recipientId);
        }

        if (wanted.Recipient.Address is { } address)
        {
            mails = mails.Where(mail => mail.RecipientId == db.Users.Where(user => user.NormalizedEmail == address).Select(user => user.Id).FirstOrDefault());
        }

        return wanted.Kind is { } kind ? mails.Where(mail => mail.Kind == kind) : mails;
    }

    private static MailSummary ToSummary(MailMessage mail, string? address, string? reference) => new(
        mail.Id,
        mail.Kind,
        mail.Status,
        mail.RecipientId,
        address is null ? null : MaskedAddress.Of(address),
        mail.BookingId,
        reference,
        mail.Attempts,
        mail.LastError is null ? null : MaskedAddress.In(mail.LastError),
        mail.CreatedAt,
        mail.SentAt,
        mail.NextAttemptAt,
        mail.ResendOf);
}
