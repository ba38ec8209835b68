using System.Text.Json;
using System.Text.Json.Nodes;
using Travel.Api.Accounts;
using Travel.Api.Availability;
using Travel.Api.Bookings;
using Travel.Api.Errands;
using Travel.Api.Listings;
using Travel.Api.Mail;
using Travel.Api.Operations;
using Travel.Api.Payments;
using Travel.Api.Reviews;
using Travel.Api.Schedules;
using Travel.Api.Search;
using Travel.Contracts;

namespace Travel.Api.Documentation;

/// <summary>What a body looks like. Made of the contract's own types and written as the Api writes them, so it cannot be out of date.</summary>
internal sealed record Example(string Name, Type Type, JsonNode Value)
{
    /// <param name="name">Of the type, where it has one example only.</param>
    public static Example Of<T>(T value, string? name = null) => new(name ?? typeof(T).Name, typeof(T), JsonSerializer.SerializeToNode(value, TravelJson.Options)!);

    /// <summary>A page with one item, the last.</summary>
    public static Example PageOf<T>(T item) => Of(new Page<T>([item], Next: null), "PageOf" + typeof(T).Name);
}

internal static class Examples
{
    /// <summary>Those of all rooms. The first of a type stands for it.</summary>
    public static IReadOnlyList<Example> All { get; } =
    [
        .. AccountExamples.All, .. AvailabilityExamples.All, .. BookingExamples.All, .. ListingExamples.All, .. PaymentExamples.All, .. EarningsExamples.All,
        .. PaymentOperationExamples.All, .. ReviewExamples.All, .. JobExamples.All, .. OperationsExamples.All, .. MailExamples.All, .. ErrandExamples.All,
        .. SearchExamples.All, .. QueueExamples.All, .. DeadLetterExamples.All, .. OutboxExamples.All, .. CacheExamples.All,
    ];

    public static Example Of(Type type) =>
        All.FirstOrDefault(example => example.Type == type) ?? throw new InvalidOperationException($"The OpenAPI document has no example of {type}. Add one to its room.");

    /// <summary>For an answer that the type's own example would not be like.</summary>
    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder endpoint, Example example) => endpoint.WithMetadata(example);
}
