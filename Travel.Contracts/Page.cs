namespace Travel.Contracts;

/// <summary>One page of a list.</summary>
/// <param name="Next">Opaque cursor of the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
