using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Listings;

/// <summary>A photo of a listing. The picture itself is in the photo store, under <see cref="Id"/>, and never changes.</summary>
public sealed class Photo
{
    public required Guid Id { get; init; }
    public required Guid ListingId { get; init; }

    /// <summary>From 0 on without gaps. The first one stands for the listing in lists.</summary>
    public required int Position { get; set; }

    public required string Caption { get; set; }

    /// <summary>Found in the file when it was uploaded, whatever it was called: <c>image/jpeg</c>, <c>image/png</c> or <c>image/webp</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Pixels, as shown.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels, as shown.</summary>
    public required int Height { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>SHA-256 of the picture, by which it is known whether the disk has kept it. Null where it was uploaded before there were any.</summary>
    public byte[]? ContentHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal sealed class PhotoMapping : IEntityTypeConfiguration<Photo>
{
    public void Configure(EntityTypeBuilder<Photo> builder)
    {
        builder.ToTable("listing_photos");
        builder.Property(photo => photo.Id).ValueGeneratedNever();
        builder.Property(photo => photo.Caption).HasMaxLength(200);
        builder.Property(photo => photo.MediaType).HasMaxLength(20);
        // Unique too, but only at the end of a transaction: EF does not know that kind, and photos change places.
        builder.HasIndex(photo => new { photo.ListingId, photo.Position });
    }
}
