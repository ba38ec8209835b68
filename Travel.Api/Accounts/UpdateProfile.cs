using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Contracts.Listings;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Caching;
using Travel.Domain.Reviews;

namespace Travel.Api.Accounts;

/// <summary>Another name or phone number. The pages of a host's listings show the name, so they are another version with it.</summary>
internal sealed class UpdateProfile(TravelDbContext db, TimeProvider clock)
{
    /// <returns>What is wrong with the request; empty when it is done.</returns>
    public async Task<Dictionary<string, string[]>> ExecuteAsync(Guid userId, UpdateMeRequest request, CancellationToken cancellationToken)
    {
        var phone = string.IsNullOrWhiteSpace(request.Phone) ? null : request.Phone.Trim();
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (PersonalDetails.ErrorOfName(request.DisplayName) is { } nameError)
        {
            errors["displayName"] = [nameError];
        }

        if (phone is not null && PersonalDetails.ErrorOfPhone(phone) is { } phoneError)
        {
            errors["phone"] = [phoneError];
        }

        if (errors.Count == 0)
        {
            await db.InTransactionAsync(token => UpdateAsync(userId, request.DisplayName.Trim(), phone, token), cancellationToken);
        }

        return errors;
    }

    private async Task<bool> UpdateAsync(Guid userId, string name, string? phone, CancellationToken cancellationToken)
    {
        // Nobody publishes or reviews in this name meanwhile: what refers to a user locks the row against this.
        var users = await db.Users.FromSql($"SELECT * FROM users WHERE id = {userId} AND erased_at IS NULL FOR UPDATE").ToListAsync(cancellationToken);
        if (users is not [var user])
        {
            return false;
        }

        if (user.DisplayName != name)
        {
            // Drafts too: one may be published at this moment.
            var hosted = db.Listings.Where(listing => listing.HostId == userId);
            await hosted.ExecuteUpdateAsync(listing => listing.SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
            db.Touches(
                clock.GetUtcNow(),
                [
                    .. (await hosted.Select(listing => listing.Id).ToListAsync(cancellationToken)).Select(CacheTags.Listing),
                    .. (await db.ReviewedByAsync(userId, cancellationToken)).Select(CacheTags.ReviewsOf),
                ]);
        }

        (user.DisplayName, user.PhoneNumber) = (name, phone);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
