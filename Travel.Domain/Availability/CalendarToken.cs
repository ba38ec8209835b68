using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Domain.Accounts;
using Travel.Domain.Listings;

namespace Travel.Domain.Availability;

/// <summary>Lets whoever has it read when a listing is taken. A listing has one at most; a new one ends the old one.</summary>
public sealed class CalendarToken
{
    public required Guid ListingId { get; init; }

    /// <summary>See <see cref="SecretToken"/>.</summary>
    public required byte[] TokenHash { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public static (CalendarToken Row, string Token) Issue(Guid listingId, DateTimeOffset now)
    {
        var token = SecretToken.New();
        return (new CalendarToken { ListingId = listingId, TokenHash = SecretToken.HashOf(token), IssuedAt = now }, token);
    }

    /// <summary>Whether it opens the calendar whose token has this hash. Takes as long for a wrong one as for none.</summary>
    public static bool Opens(string token, byte[]? hash)
    {
        var shown = SecretToken.HashOf(token);
        return CryptographicOperations.FixedTimeEquals(shown, hash ?? new byte[SHA256.HashSizeInBytes]) && hash is not null;
    }
}

internal sealed class CalendarTokenMapping : IEntityTypeConfiguration<CalendarToken>
{
    public void Configure(EntityTypeBuilder<CalendarToken> builder)
    {
        builder.ToTable("calendar_tokens");
        builder.HasKey(token => token.ListingId);
        builder.HasOne<Listing>().WithOne().HasForeignKey<CalendarToken>(token => token.ListingId).OnDelete(DeleteBehavior.Restrict);
    }
}
