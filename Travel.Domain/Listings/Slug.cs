using System.Text;

namespace Travel.Domain.Listings;

/// <summary>The name of a listing in its public address.</summary>
public static class Slug
{
    /// <summary>Leaves room for a number behind it in the 120 characters of the column.</summary>
    private const int Longest = 100;

    /// <summary>
    /// <c>Whitewashed house in Graça</c> is <c>whitewashed-house-in-graca</c>. A title in letters that are not Latin's has none of its
    /// own and is a <c>stay</c>; so is one that could be taken for an id.
    /// </summary>
    public static string Of(string title)
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

        var text = slug.ToString(0, Math.Min(slug.Length, Longest)).TrimEnd('-');
        return text.Length == 0 || Guid.TryParse(text, out _) ? $"stay-{text}".TrimEnd('-') : text;
    }

    /// <summary>The slug itself, or with the first number behind it that nobody has.</summary>
    public static string FreeOf(string slug, IReadOnlySet<string> taken)
    {
        var free = slug;
        for (var number = 2; taken.Contains(free); number++)
        {
            free = $"{slug}-{number}";
        }

        return free;
    }
}
