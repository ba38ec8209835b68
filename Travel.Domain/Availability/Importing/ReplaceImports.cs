using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Travel.Contracts.Availability;
using Travel.Domain.Bookings;

namespace Travel.Domain.Availability.Importing;

/// <summary>A host says which calendars elsewhere count here. One that stays, known by its address, keeps its nights; one that goes frees them.</summary>
public sealed class ReplaceImports(TravelDbContext db, ListingTurn turn, IOptions<ImportOptions> options)
{
    /// <returns>What is wrong with the imports, by field; empty when they are in force.</returns>
    public async Task<Dictionary<string, string[]>> ExecuteAsync(Guid listingId, IReadOnlyList<ImportRequest> imports, CancellationToken cancellationToken)
    {
        var errors = ErrorsIn(imports);
        if (errors.Count == 0)
        {
            await turn.TakeAsync(listingId, (now, token) => ReplaceAsync(listingId, imports, now, token), cancellationToken);
        }

        return errors;
    }

    private async Task<bool> ReplaceAsync(Guid listingId, IReadOnlyList<ImportRequest> wanted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var known = await db.CalendarImports.Where(import => import.ListingId == listingId).ToListAsync(cancellationToken);
        foreach (var gone in known.Where(import => wanted.All(one => one.Url.Trim() != import.Url)))
        {
            await db.Occupancies.Where(nights => nights.OwnerId == gone.Id).ExecuteDeleteAsync(cancellationToken);
            db.TouchesNights(listingId, now);
            db.CalendarImports.Remove(gone);
        }

        foreach (var one in wanted)
        {
            if (known.Find(import => import.Url == one.Url.Trim()) is { } kept)
            {
                kept.Name = one.Name.Trim();
            }
            else
            {
                db.CalendarImports.Add(new CalendarImport
                {
                    Id = Guid.CreateVersion7(now),
                    ListingId = listingId,
                    Name = one.Name.Trim(),
                    Url = one.Url.Trim(),
                    CreatedAt = now,
                    DueAt = now,
                    Notes = [],
                });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await db.SettleImportsAsync(listingId, now, cancellationToken);
        return true;
    }

    private Dictionary<string, string[]> ErrorsIn(IReadOnlyList<ImportRequest> imports)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (imports.Count > CalendarImport.MostPerListing)
        {
            errors["body"] = [$"At most {CalendarImport.MostPerListing} calendars."];
        }

        for (var index = 0; index < imports.Count; index++)
        {
            var (name, url) = (imports[index].Name.Trim(), imports[index].Url.Trim());
            if (name.Length is 0 or > CalendarImport.LongestName)
            {
                errors[$"[{index}].name"] = [$"Between 1 and {CalendarImport.LongestName} characters."];
            }

            if (url.Length > CalendarImport.LongestUrl)
            {
                errors[$"[{index}].url"] = [$"At most {CalendarImport.LongestUrl} characters."];
            }
            else if (CalendarAddress.ErrorOf(url, options.Value, out _) is { } error)
            {
                errors[$"[{index}].url"] = [error];
            }
            else if (imports.Take(index).Any(before => before.Url.Trim() == url))
            {
                errors[$"[{index}].url"] = ["Is there already."];
            }
        }

        return errors;
    }
}
