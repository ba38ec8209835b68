using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Travel.Contracts.Errands;
using Travel.Domain.Messaging;
using Travel.Worker.Errands;
using Travel.Worker.Messaging;

namespace Travel.Tests.Errands;

public sealed class ErrandRegistrationTests
{
    [Fact]
    public void Every_kind_of_errand_has_one_work()
    {
        var services = new ServiceCollection();
        services.AddErrandWork();

        services.Where(service => service.ServiceType == typeof(IErrandWork))
            .Select(service => ((IErrandWork)RuntimeHelpers.GetUninitializedObject(service.ImplementationType!)).Kind)
            .ShouldBe(Enum.GetValues<ErrandKind>(), ignoreOrder: true);
    }

    [Theory]
    [InlineData(null, 2, 2)]
    [InlineData("5", 5, 7)]
    public void A_worker_has_two_errands_at_a_time_unless_the_settings_say_otherwise(string? concurrency, int atATime, int ahead)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (concurrency is not null)
        {
            settings["Consumers:Errands:Concurrency"] = concurrency;
            settings["Consumers:Errands:Prefetch"] = "7";
        }

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddErrandWork();
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<ConsumerOptions>>().Get(Topology.Errands.Name);

        (options.Concurrency, options.Prefetch).ShouldBe((atATime, ahead));
    }
}
