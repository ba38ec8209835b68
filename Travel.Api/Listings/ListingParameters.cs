using System.Text.Json;
using Travel.Contracts.Listings;

namespace Travel.Api.Listings;

/// <summary>The query string of the list, as it comes.</summary>
internal sealed record ListingParameters(
    string? Q, string? Place, string? Type, DateOnly? CheckIn, DateOnly? CheckOut, int? Guests, int? Limit, string? Cursor)
{
    public ListingQuery ToQuery(out Dictionary<string, string[]> errors)
    {
        errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        ListingType? type = null;
        if (Type is not null)
        {
            type = Enum.GetValues<ListingType>().Cast<ListingType?>()
                .FirstOrDefault(known => JsonNamingPolicy.CamelCase.ConvertName(known.ToString()!) == Type);
            if (type is null)
            {
                errors["type"] = ["Is not a type of stay."];
            }
        }

        return new ListingQuery(Q, Place, type, CheckIn, CheckOut, Guests);
    }
}
