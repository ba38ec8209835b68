using System.ComponentModel.DataAnnotations;

namespace Travel.Web;

/// <summary>Settings of the web front itself; section <c>Web</c>.</summary>
internal sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>
    /// Secret that proves to the Api that a request comes from Web, so that it believes the visitor's address.
    /// At least 20 characters, and no default: the AppHost generates one per system and gives it to both sides.
    /// </summary>
    [Required, MinLength(20)]
    public string ApiKey { get; init; } = "";

    /// <summary>Where others reach the Api: links to calendars, given to other sites, lead there. No default; from the AppHost.</summary>
    [Required]
    public Uri? ApiAddress { get; init; }

    /// <summary>
    /// Folder for the keys that protect cookies, forms and stored sessions. Default: the user's profile, which is right for one
    /// machine. Replicas that share visitors must share this folder, else a form shown by one is refused by the other.
    /// </summary>
    public string? KeyFolder { get; init; }

    /// <summary>How long a visitor stays signed in without coming back. Default 14 days; the browser forgets earlier when it is closed.</summary>
    public TimeSpan SessionIdle { get; init; } = TimeSpan.FromDays(14);
}
