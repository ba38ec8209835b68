namespace Travel.Worker.Seeding;

/// <summary>When things happened in the demo data, counted from the day it is first loaded: stays before it are past, and stay so.</summary>
internal sealed record DemoCalendar(DateOnly AnchorOn)
{
    /// <summary>Nothing in the demo data has happened after this.</summary>
    public DateTimeOffset AnchorAt { get; } = new(AnchorOn, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>No booking was made before this; all accounts and listings are older.</summary>
    public DateOnly OpenedOn => AnchorOn.AddDays(-399);

    /// <summary>Two days before the anchor a stay has ended everywhere on earth, and its end was noted.</summary>
    public (DateOnly From, DateOnly Until) PastStays => (AnchorOn.AddDays(-392), AnchorOn.AddDays(-2));

    public (DateOnly From, DateOnly Until) FutureStays => (AnchorOn.AddDays(2), AnchorOn.AddDays(302));

    public DateTimeOffset HostSince(int index) => AnchorAt - TimeSpan.FromDays(1100 + index);

    public DateTimeOffset GuestSince(int index) => AnchorAt - TimeSpan.FromDays(400) - TimeSpan.FromHours(12 * index);

    /// <summary>Listings are shown newest first: the first becomes the newest.</summary>
    public DateTimeOffset ListedAt(int index) => AnchorAt - TimeSpan.FromDays(400) - TimeSpan.FromHours(8 * index);
}
