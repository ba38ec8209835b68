using Microsoft.Extensions.DependencyInjection;

namespace Travel.Domain.Reviews;

internal static class ReviewRegistration
{
    public static void AddReviews(this IServiceCollection services)
    {
        services.AddOptions<ReviewOptions>().BindConfiguration(ReviewOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddScoped<ReadReview>();
        services.AddScoped<WriteReview>();
        services.AddScoped<ReplyToReview>();
    }
}
