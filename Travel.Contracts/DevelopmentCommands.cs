namespace Travel.Contracts;

/// <summary>What the buttons in the Aspire dashboard ask of the Worker, in development only.</summary>
public static class DevelopmentCommands
{
    /// <summary>The header that carries the secret of this run.</summary>
    public const string KeyHeader = "X-Travel-Command-Key";

    public const string Path = "/commands/";
    public const string ReplayDeadLetters = "replay-dead-letters";
    public const string FlushCache = "flush-cache";
    public const string ResetDemoData = "reset-demo-data";

    /// <summary>No command but a page, and so without the secret: every letter with made-up facts.</summary>
    public const string Mails = "/development/mails";

    /// <summary>Followed by the job's name.</summary>
    public const string RunJob = "run-job-";
}
