using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Contracts.Listings;

namespace Travel.Domain.Listings;

/// <summary>The name of a listing in its public address.</summary>
public static class Slug
{
    /// <summary>Leaves room for something behind it in the 120 characters of the column.</summary>
    private const int Longest = 100;

    /// <summary>The constraint by which no two listings have one.</summary>
    private const string OnePerListing = "listings_slug_key";

    /// <summary>
    /// <c>Whitewashed house in Graça</c> is <c>whitewashed-house-in-graca</c>. A title in letters that are not Latin's says what the place
    /// is and where instead, <c>house-bahir-dar</c>; one that could be taken for an id is a <c>stay</c>.
    /// </summary>
    public static string Of(string title, ListingType type, string city)
    {
        var slug = InPlainLetters(title) is { Length: > 0 } own ? own : InPlainLetters($"{type} {city}");
        return Guid.TryParse(slug, out _) ? "stay-" + slug : slug;
    }

    /// <summary>Another one for the same title, for when somebody has it already.</summary>
    public static string Another(string slug) => $"{slug}-{RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 6)}";

    /// <summary>Whether the database refused to give one to two listings.</summary>
    public static bool IsTaken(DbUpdateException exception) =>
        exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: OnePerListing };

    private static string InPlainLetters(string title)
    {
        var slug = new StringBuilder();
        foreach (var letter in title.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (letter is ' ' or '-' && slug is [.., not '-'])
            {
                slug.Append('-');
            }
        }

        return slug.ToString(0, Math.Min(slug.Length, Longest)).TrimEnd('-');
    }
}
