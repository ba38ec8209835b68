using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Contracts.Payments;
using Travel.Contracts.Reviews;
using Travel.Domain.Messaging;
using Travel.Worker.Accounts;
using Travel.Worker.Messaging;

namespace Travel.Worker.Mail;

internal static class MailRegistration
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddOptions<MailOptions>()
            .Configure<IConfiguration>((options, configuration) =>
                options.Server = Uri.TryCreate(configuration.GetConnectionString(ResourceNames.Mail), UriKind.Absolute, out var server) ? server : null)
            .BindConfiguration(MailOptions.Section)
            .Validate(options => options.IsSmtpAddress, "Mail:Server is the address of an SMTP server, with its port: smtp://host:port.")
            .Validate(options => options.IsAddressOfNobody, "Mail:Server names no user: as whom to sign in is said by Mail:UserName and Mail:Password.")
            .Validate(options => options.IsLongLease, "Mail:Lease must be longer than twice Mail:Timeout.")
            .Validate(options => options.IsWholeSignIn, "Mail:UserName and Mail:Password come together.")
            .Validate(options => options.IsSafeSignIn, "Mail:Password goes over TLS only: set Mail:Security to startTls, unless the mail server is on this machine.")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<SmtpConnections>();
        services.AddSingleton<SmtpSender>();
        services.AddSingleton<MailThrottle>();
        services.AddScoped<MailRenderer>();
        services.AddScoped<MailClaims>();
        services.AddScoped<UnsubscribeLinks>();
        services.AddConsumer<MailConsumer>(Topology.UrgentMail);
        // What nobody waits for leaves the mail server to what somebody does.
        services.AddConsumer<MailConsumer>(Topology.BulkMail, usual => (usual.Concurrency, usual.Prefetch) = (2, 8));

        services.AddScoped<SendMailAgain>();
        services.AddSingleton(SendMailAgain.Route);
        services.AddScoped<BookingLetters>();
        services.AddMailFor<BookingHeld, HoldNotice>();
        services.AddMailFor<BookingConfirmed, BookingConfirmation>();
        services.AddMailFor<BookingConfirmed, BookingForHost>();
        services.AddMailFor<BookingRequested, RequestReceived>();
        services.AddMailFor<BookingAccepted, RequestAccepted>();
        services.AddMailFor<BookingDeclined, RequestDeclined>();
        services.AddMailFor<BookingExpired, TimeIsOver>();
        services.AddMailFor<BookingCancelled, CancellationToGuest>();
        services.AddMailFor<BookingCancelled, CancellationToHost>();
        services.AddMailFor<BookingChanged, ChangeToGuest>();
        services.AddMailFor<BookingChanged, ChangeToHost>();
        services.AddMailFor<BookingChangeExpired, ChangeIsOver>();
        services.AddMailFor<PaymentFailed, PaymentHasFailed>();
        services.AddMailFor<PaymentUnknown, PaymentInDoubt>();
        services.AddMailFor<PaymentReturned, PaymentComesBack>();
        services.AddMailFor<PaymentRefunded, MoneyIsBack>();
        services.AddMailFor<ListingSuspended, SuspensionNotice>();
        services.AddMailFor<ListingSuspensionLifted, SuspensionLiftedNotice>();
        services.AddMailFor<CheckInReminderDue, CheckInReminder>();
        services.AddMailFor<ReviewInvitationDue, ReviewInvitation>();
        services.AddMailFor<HostDigestDue, HostDigestMail>();
        services.AddMailFor<WeeklyReportDue, WeeklyReportMail>();
        services.AddAccountMails();
    }

    /// <summary>The event must be among those of <see cref="Topology.UrgentMail"/> or <see cref="Topology.BulkMail"/>, or it never comes here.</summary>
    public static void AddMailFor<TMessage, TMail>(this IServiceCollection services)
        where TMessage : IMessage
        where TMail : class, IMail<TMessage>
    {
        services.AddSingleton(MailRoute.Of<TMessage, TMail>());
        services.AddScoped<TMail>();
        services.AddScoped<SendMail<TMessage, TMail>>();
    }
}
