using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Accounts;

/// <summary>How long the links in mails about accounts are good for. Section <c>AccountTokens</c>.</summary>
public sealed class AccountTokenOptions
{
    public const string Section = "AccountTokens";

    /// <summary>For the link that verifies an address: a day, because people register in the evening and read mail in the morning.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "14.00:00:00")]
    public TimeSpan VerificationLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>For the link that lets choose a new password: one hour, because it is as good as the password.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "1.00:00:00")]
    public TimeSpan ResetLifetime { get; set; } = TimeSpan.FromHours(1);

    public TimeSpan LifetimeFor(AccountTokenPurpose purpose) => purpose switch
    {
        AccountTokenPurpose.VerifyAddress => VerificationLifetime,
        AccountTokenPurpose.ResetPassword => ResetLifetime,
        _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
    };
}
