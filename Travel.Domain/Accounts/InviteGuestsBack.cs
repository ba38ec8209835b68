using Travel.Contracts.Accounts;
using Travel.Domain.Mail;

namespace Travel.Domain.Accounts;

/// <summary>
/// Invites guests back who have not booked for a year, once for each time they stay away. A few hundred at most in a run: so many mails that
/// nobody waits for make a mail server think ill of the others.
/// </summary>
public sealed class InviteGuestsBack(TravelDbContext db, TellOnce tell, TimeProvider clock)
{
    internal const int AtMost = 200;

    /// <returns>How many.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        var guests = await InactiveGuests.FindAsync(db, clock.GetUtcNow(), after: Guid.Empty, AtMost, cancellationToken);
        return await tell.ExecuteAsync(
            ReminderKind.Missed, guests.ConvertAll(guest => new Due<GuestMissed>(guest.Id, guest.Since, new GuestMissed(guest.Id, guest.Since))), cancellationToken);
    }
}
