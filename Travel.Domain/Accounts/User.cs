using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Travel.Domain.Accounts;

/// <summary>What a person may do. A host may also book; an operator sees everything.</summary>
public enum Role { Guest, Host, Operator }

public sealed class User : IdentityUser<Guid>
{
    public const int LongestDisplayName = 100;
    public const int LongestPhone = 30;

    /// <summary>What an account is called whose owner has had it erased.</summary>
    public const string ErasedName = "Former guest";

    public required string DisplayName { get; set; }

    public required Role Role { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// Stops subscription mail for whoever has it, and opens nothing else. Every such letter carries it for as long as letters are kept, so it
    /// must be known again for the next one: that is why it is here itself, and not its hash.
    /// </summary>
    public Guid UnsubscribeToken { get; init; } = Guid.NewGuid();

    /// <summary>Since when nothing here says who it was; what they booked and wrote is kept under this account.</summary>
    public DateTimeOffset? ErasedAt { get; init; }
}

internal sealed class UserMapping :
    IEntityTypeConfiguration<User>,
    IEntityTypeConfiguration<IdentityUserClaim<Guid>>,
    IEntityTypeConfiguration<IdentityUserLogin<Guid>>,
    IEntityTypeConfiguration<IdentityUserToken<Guid>>
{
    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("users");
        builder.Property(user => user.DisplayName).HasMaxLength(User.LongestDisplayName);
        builder.Property(user => user.Role).HasConversion<string>().HasMaxLength(20);
        builder.Property(user => user.PhoneNumber).HasMaxLength(User.LongestPhone);
        builder.HasIndex(user => user.UnsubscribeToken).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IdentityUserClaim<Guid>> builder) => builder.ToTable("user_claims");

    public void Configure(EntityTypeBuilder<IdentityUserLogin<Guid>> builder) => builder.ToTable("user_logins");

    public void Configure(EntityTypeBuilder<IdentityUserToken<Guid>> builder) => builder.ToTable("user_tokens");
}
