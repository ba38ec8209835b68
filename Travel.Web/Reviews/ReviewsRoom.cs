namespace Travel.Web.Reviews;

internal static class ReviewsRoom
{
    public static void AddReviews(this IServiceCollection services) => services.AddTransient<ReviewsClient>();
}
