using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Travel.Contracts.Accounts;
using Travel.Domain;
using Travel.Domain.Accounts;
using Travel.Domain.Outbox;

namespace Travel.Api.Accounts;

/// <summary>
/// Opens an account, which is nobody's until its address is verified. Whether the address had one already is told by mail to whoever
/// reads mail there: the request does the same work and gives the same answer in every case.
/// </summary>
internal sealed class RegisterAccount(TravelDbContext db, IPasswordHasher<User> hasher, OutboxSignal outbox, TimeProvider clock)
{
    /// <returns>What is wrong with the request; empty when it is done.</returns>
    public async Task<Dictionary<string, string[]>> ExecuteAsync(RegisterRequest request, CancellationToken cancellationToken)
    {
        var errors = ErrorsOf(request);
        if (errors.Count == 0)
        {
            var hash = hasher.HashPassword(null!, request.Password);
            await db.InTransactionAsync(token => RegisterAsync(request, hash, token), cancellationToken);
            outbox.Wake();
        }

        return errors;
    }

    private static Dictionary<string, string[]> ErrorsOf(RegisterRequest request)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!EmailAddresses.IsValid(request.Email.Trim()))
        {
            errors["email"] = ["This is not an e-mail address."];
        }

        if (PersonalDetails.ErrorOfName(request.DisplayName) is { } name)
        {
            errors["displayName"] = [name];
        }

        if (PasswordRules.ErrorOf(request.Password, request.Email, request.DisplayName) is { } password)
        {
            errors["password"] = [password];
        }

        if (request.Role is not (AccountRole.Guest or AccountRole.Host))
        {
            errors["role"] = ["An account is opened as guest or host."];
        }

        return errors;
    }

    /// <summary>
    /// An address that is not verified is nobody's yet, so the last to register has it: another security stamp makes the links of
    /// earlier mails useless, and nobody's click opens the account with somebody else's password.
    /// </summary>
    private async Task<int> RegisterAsync(RegisterRequest request, string passwordHash, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var email = request.Email.Trim();
        var normalized = EmailAddresses.Normalize(email);
        var name = request.DisplayName.Trim();
        var role = (request.Role == AccountRole.Host ? Role.Host : Role.Guest).ToString();
        var stamp = Guid.NewGuid().ToString("N");
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO users (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, password_hash, security_stamp, concurrency_stamp,
                phone_number_confirmed, two_factor_enabled, lockout_enabled, access_failed_count, display_name, role, created_at)
            VALUES ({id}, {id.ToString()}, {id.ToString().ToUpperInvariant()}, {email}, {normalized}, false, {passwordHash}, {stamp}, {Guid.NewGuid().ToString()},
                false, false, true, 0, {name}, {role}, {now})
            ON CONFLICT (normalized_email) DO UPDATE
            SET email = excluded.email, password_hash = excluded.password_hash, security_stamp = excluded.security_stamp,
                concurrency_stamp = excluded.concurrency_stamp, display_name = excluded.display_name, role = excluded.role
            WHERE NOT users.email_confirmed
            """,
            cancellationToken);
        var user = await db.Users.Where(found => found.NormalizedEmail == normalized)
            .Select(found => new { found.Id, found.EmailConfirmed })
            .SingleAsync(cancellationToken);
        db.Outbox.Add(user.EmailConfirmed
            ? OutboxMessage.Of(new AccountRegisteredAgain(user.Id), now)
            : OutboxMessage.Of(new AddressVerificationRequested(user.Id), now));
        return await db.SaveChangesAsync(cancellationToken);
    }
}
