using System.Globalization;
using System.Text;

namespace Travel.Web.Operations;

/// <summary>A line of a plot. Where a value is null, or no point for longer than a step, the line is broken: nothing is known there.</summary>
public sealed record PlotLine(string Label, IReadOnlyList<PlotPoint> Points)
{
    public double? Last => Points.Count > 0 ? Points[^1].Value : null;

    public PlotPoint? Greatest => Points.Where(point => point.Value is not null).MaxBy(point => point.Value);
}

public sealed record PlotPoint(DateTimeOffset At, double? Value);

/// <summary>Where in a picture of this size things are. The picture is the server's; no script draws.</summary>
/// <param name="Step">From one point to the next.</param>
public sealed record Plot(DateTimeOffset Since, DateTimeOffset Until, TimeSpan Step, IReadOnlyList<PlotLine> Lines)
{
    public const int Width = 480;
    public const int Height = 200;
    public const int Left = 58;
    public const int Right = 470;
    public const int Top = 14;
    public const int Bottom = 164;

    /// <summary>The value at the upper edge: 1, 2 or 5 with zeros, so that it can be read; and never 0.</summary>
    public double Most { get; } = RoundUp(Lines.SelectMany(line => line.Points).Max(point => point.Value) ?? 0);

    public double X(DateTimeOffset at) => Left + ((Right - Left) * ((at - Since) / (Until - Since)));

    public double Y(double value) => Bottom - ((Bottom - Top) * (value / Most));

    /// <summary>For the attribute <c>d</c> of an SVG path.</summary>
    public string PathOf(PlotLine line)
    {
        var path = new StringBuilder();
        DateTimeOffset? before = null;
        foreach (var (at, value) in line.Points)
        {
            if (value is not { } known)
            {
                before = null;
                continue;
            }

            var goesOn = before is { } last && at - last <= Step * 1.5;
            // A point with no neighbour is a line of no length, which round ends make a dot.
            path.Append(CultureInfo.InvariantCulture, $"{(goesOn ? 'L' : 'M')}{X(at):0.#} {Y(known):0.#}{(goesOn ? "" : "h0")}");
            before = at;
        }

        return path.ToString();
    }

    internal static double RoundUp(double value)
    {
        if (value <= 1)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * (value / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
    }
}
