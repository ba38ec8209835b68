using System.Security.Cryptography;
using System.Text;

namespace Travel.AppHost.Backing;

/// <summary>
/// The containers' volumes belong to a data folder, as the processes' data do. Each also belongs to a major version of its image:
/// no server reads what another major version has written.
/// </summary>
internal static class VolumeNames
{
    public static string Of(string data, string resource, string image) => $"{Prefix(data)}{resource}-{MajorVersion(image)}";

    /// <summary>What the names of all volumes of a data folder begin with.</summary>
    public static string Prefix(string data) => $"travel-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(data))))[..8]}-";

    private static string MajorVersion(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        var tag = name.IndexOf(':', StringComparison.Ordinal);
        return tag < 0 ? "latest" : name[(tag + 1)..].Split('.', '-', '@')[0];
    }
}
