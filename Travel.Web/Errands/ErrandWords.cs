using System.Globalization;
using Travel.Contracts.Errands;

namespace Travel.Web.Errands;

internal static class ErrandWords
{
    public static string What(ErrandResponse errand) => errand is { Kind: ErrandKind.LedgerExport, From: { } from, To: { } to }
        ? $"Ledger export, {Day(from)} to {Day(to)}"
        : "Photo check";

    public static string State(ErrandResponse errand) => errand switch
    {
        { State: ErrandState.Waiting, LastError: not null } => "Waits for its next attempt",
        { State: ErrandState.Waiting } => "Waits for a worker",
        { State: ErrandState.Running, Attempts: > 1 } => $"Running, attempt {errand.Attempts.ToString(CultureInfo.InvariantCulture)}",
        _ => errand.State.ToString(),
    };

    /// <summary>The class by which it has its colour; those of the jobs.</summary>
    public static string Look(ErrandState state) => state switch
    {
        ErrandState.Done => "outcome outcome-succeeded",
        ErrandState.Failed => "outcome outcome-failed",
        _ => "outcome",
    };

    /// <summary>Null while nobody knows how much there is.</summary>
    public static string? Progress(ErrandResponse errand) =>
        errand.Steps is { } steps ? string.Create(CultureInfo.InvariantCulture, $"{errand.StepsDone:N0} of {steps:N0}") : null;

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
    };

    private static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
