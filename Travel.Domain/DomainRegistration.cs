using Microsoft.Extensions.DependencyInjection;
using Travel.Domain.Accounts;
using Travel.Domain.Availability;
using Travel.Domain.Availability.Importing;
using Travel.Domain.Bookings;
using Travel.Domain.Caching;
using Travel.Domain.Errands;
using Travel.Domain.Listings;
using Travel.Domain.Listings.Photos;
using Travel.Domain.Mail;
using Travel.Domain.Messaging;
using Travel.Domain.Outbox;
using Travel.Domain.Payments;
using Travel.Domain.Reviews;
using Travel.Domain.Schedules;

namespace Travel.Domain;

public static class DomainRegistration
{
    /// <summary>The use cases, and the outbox with its relay: what each process that changes the model runs.</summary>
    public static IServiceCollection AddTravelDomain(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddMessaging();
        services.AddSingleton<OutboxSignal>();
        services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<PublishBatch>();
        services.AddScoped<TryRefusedMessage>();
        services.AddScoped<DropRefusedMessage>();
        services.AddHostedService<OutboxRelay>();
        services.AddInvalidation();
        services.AddScoped<TellOnce>();
        services.AddScoped<ListingTurn>();
        services.AddPhotoStore();
        services.AddScoped<SuspendListing>();
        services.AddScoped<LiftSuspension>();
        services.AddBookings();
        services.AddScoped<BlockNights>();
        services.AddScoped<OpenNights>();
        services.AddImports();
        services.AddPayments();
        services.AddReviews();
        services.AddErrands();
        services.AddSchedules();
        services.AddScoped<EraseAccount>();
        services.AddScoped<ResendMail>();
        services.AddScoped<SuppressAddress>();
        services.AddScoped<LiftSuppression>();
        services.AddScoped<Unsubscribe>();
        return services;
    }
}
