using System.ComponentModel.DataAnnotations;

namespace Travel.Api.Search;

/// <summary>How stays are compared. Section <c>Search</c>.</summary>
public sealed class SearchOptions
{
    public const string Section = "Search";

    /// <summary>
    /// What a US dollar counts in birr, to the santim, where prices of both are filtered or sorted together; 150 by default. It only puts them in
    /// order: whoever books pays what the host asks, in the host's currency. To be set by hand when the rate has moved.
    /// </summary>
    [Range(1, 1000)]
    public decimal BirrPerUsDollar { get; set; } = 150;

    /// <summary>
    /// Stays that are looked at to count what other choices would find; 5000 by default, as many as a large city has. Of more, each of which would have to
    /// be priced and asked for its nights, the numbers say at least.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MostCounted { get; set; } = 5000;
}
