namespace Travel.Domain;

/// <summary>The dates that are today somewhere: time zones reach from twelve hours behind UTC to fourteen before it.</summary>
public static class TodayAnywhere
{
    public static DateOnly Earliest(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime.AddHours(-12));

    public static DateOnly Latest(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime.AddHours(14));
}
