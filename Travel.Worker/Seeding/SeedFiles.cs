using System.Text.Json;
using Travel.Contracts;

namespace Travel.Worker.Seeding;

/// <summary>The JSON files beside this one, which are part of the assembly.</summary>
internal static class SeedFiles
{
    public static T Read<T>(string name)
    {
        using var file = typeof(SeedFiles).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<T>(file, TravelJson.Options)!;
    }
}
