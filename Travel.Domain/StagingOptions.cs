namespace Travel.Domain;

/// <summary>For a system that is run as production is and takes no money and no guests. Section <c>Staging</c>.</summary>
public sealed class StagingOptions
{
    public const string Section = "Staging";

    /// <summary>
    /// Lets a service start outside development with what belongs there: a payment gateway that is not Chapa, or a test key of it. False by
    /// default: whoever reaches such a system books stays with money that does not exist.
    /// </summary>
    public bool AllowDevelopmentValues { get; set; }
}
