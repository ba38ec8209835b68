using Microsoft.Extensions.DependencyInjection;

namespace Travel.Domain.Listings.Photos;

internal static class PhotoRegistration
{
    public static void AddPhotoStore(this IServiceCollection services)
    {
        services.AddOptions<PhotoOptions>().BindConfiguration(PhotoOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IPhotoStore, DiskPhotoStore>();
    }
}
