namespace Travel.Bench.Soak;

/// <param name="Rate">Bookings that begin in a second.</param>
/// <param name="Width">Places that they are spread over.</param>
internal sealed record SoakSize(int Bookings, double Rate, int Width)
{
    /// <summary>About a minute with all that comes after the bookings: long enough for everybody to be killed.</summary>
    public static SoakSize Short { get; } = new(Bookings: 300, Rate: 12, Width: 20);

    public TimeSpan Duration => TimeSpan.FromSeconds(Bookings / Rate);
}
