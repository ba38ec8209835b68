using Microsoft.AspNetCore.Identity;
using Travel.Domain.Accounts;

namespace Travel.Worker.Seeding;

internal static class DemoDataRegistration
{
    public static void AddDemoData(this IServiceCollection services)
    {
        services.AddSingleton<IPasswordHasher<User>, PasswordHasher<User>>();
        services.AddScoped<SeedDemoData>();
        services.AddScoped<ResetDemoData>();
    }
}
