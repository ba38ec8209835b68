namespace Travel.Worker.Seeding;

/// <summary>A town of <c>places.json</c> and what its listings can say of it.</summary>
/// <param name="Latitude">Of the centre; listings lie around it.</param>
/// <param name="TimeZone">IANA zone.</param>
/// <param name="People">Whose names its hosts have, in <c>names.json</c>.</param>
/// <param name="Price">US dollars for a night in a flat with one bedroom.</param>
/// <param name="Weight">How many listings it has, compared with other places.</param>
/// <param name="Kinds">coast, lake, mountain, old, ...: what is true of it.</param>
/// <param name="Areas">With their preposition: <c>in Bole</c>.</param>
/// <param name="Sights">With their article: <c>the National Museum</c>.</param>
internal sealed record Place(
    string City,
    string? Region,
    string Country,
    double Latitude,
    double Longitude,
    string TimeZone,
    string People,
    int Price,
    int Weight,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Areas,
    IReadOnlyList<string> Sights)
{
    public bool Is(string kind) => Kinds.Contains(kind, StringComparer.Ordinal);

    public static IReadOnlyList<Place> ReadAll() => SeedFiles.Read<List<Place>>("places.json");
}
