using System.ComponentModel.DataAnnotations;

namespace Travel.Domain.Listings.Photos;

/// <summary>Photos of listings: where they are kept and how large they may be. Section <c>Photos</c>.</summary>
public sealed class PhotoOptions
{
    public const string Section = "Photos";

    /// <summary>Folder of the pictures. All replicas of the Api must share it, and workers with them. Required; the AppHost names one beside the other data.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Largest file, in bytes. 10 MiB by default: what a good telephone camera makes, sent as it is.</summary>
    [Range(1024, 100 * 1024 * 1024)]
    public int MaxSizeBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>
    /// Most pixels, width times height. 50 million by default, as cameras have. Nothing here decodes pictures, but every guest's browser does.
    /// </summary>
    [Range(1, 1_000_000_000)]
    public long MaxPixels { get; set; } = 50_000_000;

    /// <summary>Most photos of one listing. 30 by default; nobody looks at more.</summary>
    [Range(1, 1000)]
    public int MaxPerListing { get; set; } = 30;

    /// <summary>How many a listing needs before it can be published. 1 by default: guests do not book what they have not seen.</summary>
    [Range(0, 1000)]
    public int NeededToPublish { get; set; } = 1;
}
