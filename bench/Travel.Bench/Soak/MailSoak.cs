using System.Globalization;
using Travel.Bench.Command;
using Travel.Bench.Servers;

namespace Travel.Bench.Soak;

/// <summary>Bookings in the whole graph while parts of it are killed: every mail, and each once.</summary>
internal static class MailSoak
{
    private const string Bookings = "bookings";
    private const string Rate = "rate";
    private const string Seed = "seed";
    private const string Short = "short";
    private const int Width = 200;

    public static BenchEntry Entry { get; } = new(
        "mail-soak",
        "bookings while Worker, RabbitMQ and PostgreSQL are killed: every mail, and each once; fails otherwise",
        [
            new BenchOption(Bookings, "how many", 10_000),
            new BenchOption(Rate, "bookings a second", 40),
            new BenchOption(Seed, "of the plan that says who dies when", 1),
            new BenchOption(Short, "some hundred bookings, as the tests do it, whatever the other two say", Usual: null),
        ],
        RunAsync);

    private static async Task<bool> RunAsync(BenchArguments arguments, TextWriter output, CancellationToken cancellationToken)
    {
        var size = arguments.IsThere(Short) ? SoakSize.Short : new SoakSize(arguments.Number(Bookings), arguments.Number(Rate), Width);
        var seed = arguments.Number(Seed);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{size.Bookings} bookings, {size.Rate} a second"));
        foreach (var kill in KillPlan.Of(seed, size.Duration))
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"after {kill.At.TotalSeconds:F1} s {kill.Resource} is killed, and started again {kill.DownFor.TotalSeconds:F1} s later"));
        }

        await using var graph = await SoakGraph.StartAsync(cancellationToken);
        var run = new SoakRun(graph.App, MeasuredService.AccessTokenKey, _ => Task.FromResult(graph.Mails.Arrivals()), graph.Clock, isAlone: true);
        var verdict = await run.GoAsync(size, seed, cancellationToken);
        await TellAsync(verdict, output);
        return verdict.IsGood;
    }

    private static async Task TellAsync(SoakVerdict verdict, TextWriter output)
    {
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"""

             | bookings | deaths | mails received | received again, explained by SMTP's window | failures |
             | ---: | ---: | ---: | ---: | ---: |
             | {verdict.Bookings} | {verdict.Deaths} | {verdict.Mails} | {verdict.Explained.Count} | {verdict.Failures.Count} |

             """));
        foreach (var sentence in verdict.Explained.Select(mail => "explained: " + mail).Concat(verdict.Failures.Select(failure => "FAILED: " + failure)))
        {
            await output.WriteLineAsync(sentence);
        }
    }
}
