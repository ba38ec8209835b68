using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;

namespace Travel.Api.Accounts;

/// <summary>Which people an operator wants to see. What is null is not asked about.</summary>
/// <param name="Address">Normalised.</param>
/// <param name="Name">Part of it; if that is short, its beginning.</param>
internal sealed record UserFilter(string? Address, string? Name, Role? Role)
{
    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>().ToDictionary(RoleNames.Of, StringComparer.Ordinal);

    public static UserFilter Of(string? q, string? role, Dictionary<string, string[]> errors)
    {
        var text = q?.Trim();
        if (text is { Length: 0 or > EmailAddresses.Longest } || text?.Contains('\0', StringComparison.Ordinal) == true)
        {
            errors["q"] = [$"Between 1 and {EmailAddresses.Longest} characters of a text."];
        }

        Role? wanted = null;
        if (role is not null)
        {
            if (Roles.TryGetValue(role, out var known))
            {
                wanted = known;
            }
            else
            {
                errors["role"] = [$"One of {string.Join(", ", Roles.Keys)}."];
            }
        }

        var isAddress = text is not null && EmailAddresses.IsValid(text);
        return new UserFilter(isAddress ? EmailAddresses.Normalize(text!) : null, isAddress ? null : text, wanted);
    }

    /// <summary>Those who are here still. Ids are version 7 UUIDs: descending they are newest first.</summary>
    /// <param name="after">The last one of the page before; empty on the first page.</param>
    public Task<List<UserRow>> FindAsync(TravelDbContext db, Guid after, int limit, CancellationToken cancellationToken)
    {
        var users = db.Users.Where(user => user.ErasedAt == null && (after == Guid.Empty || user.Id < after));
        if (Address is { } address)
        {
            users = users.Where(user => user.NormalizedEmail == address);
        }

        if (Name is { } name)
        {
            var pattern = LikePattern.Indexed(name);
            users = users.Where(user => EF.Functions.ILike(user.DisplayName, pattern, "\\"));
        }

        if (Role is { } role)
        {
            users = users.Where(user => user.Role == role);
        }

        return users.OrderByDescending(user => user.Id).Take(limit)
            .Select(user => new UserRow(user.Id, user.DisplayName, user.Email!, user.EmailConfirmed, user.Role, user.CreatedAt))
            .ToListAsync(cancellationToken);
    }
}

internal sealed record UserRow(Guid Id, string Name, string Email, bool EmailVerified, Role Role, DateTimeOffset CreatedAt);
