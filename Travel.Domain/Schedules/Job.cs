using Microsoft.Extensions.DependencyInjection;

namespace Travel.Domain.Schedules;

/// <summary>A use case that runs by the clock.</summary>
/// <param name="Name">In lower case with hyphens; it is in addresses and tables, so it never changes.</param>
/// <param name="Description">For operators: what it does, in one sentence.</param>
/// <param name="DefaultCron">When it runs unless the settings say otherwise: seconds first, as Quartz has it.</param>
/// <param name="UseCase">What does the work; registered with its room or, if nobody else needs it, by this table.</param>
/// <param name="RunAsync">Does the work with the use case from these services; returns how many items it was.</param>
public sealed record Job(string Name, string Description, string DefaultCron, Type UseCase, Func<IServiceProvider, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>Its section below <c>Schedules</c>: <c>PruneOutbox</c> for <c>prune-outbox</c>, because a hyphen cannot be in every environment's variables.</summary>
    public string Setting { get; } = string.Concat(Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    internal static Job Of<TUseCase>(string name, string description, string cron, Func<TUseCase, CancellationToken, Task<int>> work)
        where TUseCase : class =>
        new(name, description, cron, typeof(TUseCase), (services, cancellationToken) => work(services.GetRequiredService<TUseCase>(), cancellationToken));
}
