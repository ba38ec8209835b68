namespace Travel.Worker.Operations;

/// <summary>Who may use the commands that are for development only. Section <c>DevelopmentCommands</c>.</summary>
internal sealed class DevelopmentCommandOptions
{
    public const string Section = "DevelopmentCommands";

    /// <summary>The secret that the AppHost shows. None by default, and then there are no such commands; the AppHost generates one in development.</summary>
    public string? Key { get; set; }
}
