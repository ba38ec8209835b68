using System.Globalization;
using System.Text;

namespace Travel.Web.Artwork;

/// <summary>One filled outline of a picture.</summary>
internal sealed record Shape(string Outline, string Fill, double Opacity = 1);

/// <summary>Draws outlines and throws dice that always fall the same way for one seed.</summary>
internal sealed class Brush(uint seed)
{
    private uint state = seed | 1;

    public List<Shape> Shapes { get; } = [];

    /// <summary>xorshift32: the same numbers on every machine and in every version, which System.Random does not promise.</summary>
    public double Between(double low, double high)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return low + (high - low) * (state / (double)uint.MaxValue);
    }

    public bool OneIn(int chances) => Between(0, chances) < 1;

    public void Polygon(string fill, params (double X, double Y)[] corners) =>
        Shapes.Add(new Shape("M" + string.Join('L', corners.Select(corner => Point(corner.X, corner.Y))) + "Z", fill));

    public void Rectangle(string fill, double x, double y, double width, double height, double opacity = 1) =>
        Shapes.Add(new Shape(string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y:0.#}h{width:0.#}v{height:0.#}h{-width:0.#}Z"), fill, opacity));

    public void Ellipse(string fill, double x, double y, double rx, double ry, double opacity = 1) =>
        Shapes.Add(new Shape(
            string.Create(CultureInfo.InvariantCulture, $"M{x - rx:0.#} {y:0.#}a{rx:0.#} {ry:0.#} 0 1 0 {2 * rx:0.#} 0a{rx:0.#} {ry:0.#} 0 1 0 {-2 * rx:0.#} 0Z"),
            fill, opacity));

    /// <summary>A ridge from edge to edge, filled down to the ground.</summary>
    public void Ridge(string fill, double height, double rise, int peaks)
    {
        var step = Canvas.Width / peaks;
        var line = new StringBuilder("M0 " + Number(Canvas.Height) + "L0 " + Number(height + Between(-rise, rise) / 2));
        for (var peak = 0; peak < peaks; peak++)
        {
            var middle = height - Between(rise * 0.3, rise) * (peak % 2 == 0 ? 1 : -0.6);
            line.Append('Q').Append(Point((peak + 0.5) * step, middle)).Append(' ')
                .Append(Point((peak + 1) * step, height + Between(-rise, rise) / 3));
        }

        Shapes.Add(new Shape(line + "V" + Number(Canvas.Height) + "Z", fill));
    }

    private static string Point(double x, double y) => Number(x) + " " + Number(y);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}

internal static class Canvas
{
    public const double Width = 480;
    public const double Height = 360;
}
