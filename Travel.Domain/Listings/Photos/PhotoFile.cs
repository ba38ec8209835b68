using Travel.Domain.Listings.Photos.Formats;

namespace Travel.Domain.Listings.Photos;

/// <summary>
/// A picture as it may be kept and shown: of a kind that all browsers know, with what a camera or a person wrote beside the pixels left out.
/// A host's photo says where the host's home is, when it was taken and on which telephone.
/// </summary>
/// <param name="Width">Pixels, as shown.</param>
/// <param name="Height">Pixels, as shown.</param>
public sealed record PhotoFile(string MediaType, int Width, int Height, byte[] Content)
{
    public const string Unreadable = "Is not a complete picture. JPEG, PNG and (still) WebP are possible.";

    /// <summary>
    /// Reads the structure of the file and never its pixels: whatever is in there, this is one pass over it. Only parts that are known to
    /// be needed are taken over, and nothing from behind the picture's end, where another file may hide.
    /// </summary>
    /// <returns>Null when it is not a complete picture of a known kind.</returns>
    public static PhotoFile? Read(ReadOnlySpan<byte> file) => Jpeg.Read(file) ?? Png.Read(file) ?? WebP.Read(file);
}
