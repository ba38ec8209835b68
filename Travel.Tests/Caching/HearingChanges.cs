using Microsoft.Extensions.DependencyInjection;
using Travel.Domain.Caching;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Caching;

/// <summary>Waits until a process hears of all changes, or knows that it does not.</summary>
internal static class HearingChanges
{
    public static Task HearsAsync(this Hearing hearing, TimeProvider clock, bool hears = true) => Eventually.GetAsync(
        () => Task.FromResult(hearing.HearsAll(clock.GetUtcNow())), heard => heard == hears, CachingProcess.Patience, hears ? "Hearing of changes" : "Knowing that it hears of none");

    public static Task HearsAsync(this ApiInProcess replica, bool hears = true) => replica.Services.GetRequiredService<Hearing>().HearsAsync(TimeProvider.System, hears);
}
