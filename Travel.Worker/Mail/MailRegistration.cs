using Travel.Contracts;

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
            .Validate(options => options.Lease > options.Timeout, "Mail:Lease must be longer than Mail:Timeout.")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<SmtpSender>();
        services.AddScoped<MailRenderer>();
        services.AddScoped<MailClaims>();
        services.AddScoped<SendBookingConfirmation>();
        services.AddHostedService<MailConsumer>();
    }
}
