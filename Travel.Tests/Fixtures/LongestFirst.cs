using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Travel.Tests.Fixtures.LongestFirst", "Travel.Tests")]

namespace Travel.Tests.Fixtures;

/// <summary>Begins with the queues that end last: what is short finds a place beside them, and not they behind it.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly List<string> Long = [TravelGraph.Collection, TravelGraph.Outages, DatabaseServer.Collection];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => Long.IndexOf(collection.DisplayName) is >= 0 and var place ? place : Long.Count);
}
