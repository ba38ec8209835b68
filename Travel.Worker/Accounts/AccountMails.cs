using Travel.Contracts.Accounts;
using Travel.Domain.Accounts;
using Travel.Worker.Mail;

namespace Travel.Worker.Accounts;

internal static class AccountMails
{
    public static void AddAccountMails(this IServiceCollection services)
    {
        services.AddOptions<AccountTokenOptions>().BindConfiguration(AccountTokenOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<AccountLinks>();
        services.AddMailFor<AddressVerificationRequested, AddressVerification>();
        services.AddMailFor<AccountRegisteredAgain, AccountExistsNotice>();
        services.AddMailFor<PasswordResetRequested, PasswordResetLink>();
        services.AddMailFor<PasswordChanged, PasswordChangedNotice>();
        services.AddMailFor<GuestMissed, InvitationBack>();
    }
}
