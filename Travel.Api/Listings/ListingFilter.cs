using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings;

/// <summary>Which listings an operator wants to see. What is null or empty is not asked about.</summary>
/// <param name="Text">The whole slug, or part of the title; if that is short, its beginning.</param>
internal sealed record ListingFilter(Guid? Id, string? Text, IReadOnlyList<ListingStatus> Statuses, bool? Suspended)
{
    /// <summary>As long as a slug.</summary>
    public const int LongestText = 120;

    private static readonly Dictionary<string, ListingStatus> Statused =
        Enum.GetValues<ListingStatus>().ToDictionary(status => status.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static ListingFilter Of(string? q, string? status, bool? suspended, Dictionary<string, string[]> errors)
    {
        var text = q?.Trim();
        if (text is { Length: 0 or > LongestText } || text?.Contains('\0', StringComparison.Ordinal) == true)
        {
            errors["q"] = [$"Between 1 and {LongestText} characters of a text."];
        }

        var statuses = status?.Split(',') ?? [];
        if (!statuses.All(Statused.ContainsKey))
        {
            errors["status"] = [$"Of {string.Join(", ", Statused.Keys)}, separated by commas."];
            statuses = [];
        }

        var isId = Guid.TryParse(text, out var id);
        return new ListingFilter(isId ? id : null, isId ? null : text, [.. statuses.Select(name => Statused[name]).Distinct()], suspended);
    }

    public IQueryable<Listing> Apply(IQueryable<Listing> listings)
    {
        if (Id is { } id)
        {
            listings = listings.Where(listing => listing.Id == id);
        }

        if (Text is { } text)
        {
            var pattern = LikePattern.Indexed(text);
            listings = listings.Where(listing => EF.Functions.ILike(listing.Title, pattern, "\\") || listing.Slug == text);
        }

        if (Statuses.Count > 0)
        {
            listings = listings.Where(listing => Statuses.Contains(listing.Status));
        }

        return Suspended switch
        {
            null => listings,
            // By who did it: so is the index of the few that are.
            true => listings.Where(listing => listing.SuspendedBy != null),
            false => listings.Where(listing => listing.SuspendedBy == null),
        };
    }
}
