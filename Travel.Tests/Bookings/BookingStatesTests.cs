using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Bookings;

/// <summary>The diagram in docs/inventory.md against what a booking lets be done to it.</summary>
public sealed partial class BookingStatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly Guid Somebody = Guid.NewGuid();
    private static readonly StayRequest Stay = new(new(2026, 12, 24), new(2026, 12, 26), 2);

    private static readonly Dictionary<string, Action<Booking>> Moves = new(StringComparer.Ordinal)
    {
        ["confirm"] = booking => booking.Confirm(Somebody, Now),
        ["hold"] = booking => booking.Hold(Somebody, Now.AddHours(1), Now),
        ["pay"] = booking => booking.Pay(Now),
        ["decline"] = booking => booking.Decline(Somebody, "No", Now),
        ["expire"] = booking => booking.Expire(Now),
        ["cancel"] = booking => booking.Cancel(Somebody, reason: null, Now),
        ["complete"] = booking => booking.Complete(Now),
        ["change"] = booking => booking.ChangeTo(Stay with { Guests = 1 }, booking.Quote, Somebody, Now),
        ["end early"] = booking => booking.EndOn(Stay.CheckIn.AddDays(1), Somebody, Now),
    };

    [Fact]
    public void The_moves_of_a_booking_are_the_arrows_of_the_diagram()
    {
        var moves = Enum.GetValues<BookingStatus>().SelectMany(from => Moves.Values.Select(move => (from, to: After(from, move))))
            .Where(move => move.to is not null).Select(move => $"{move.from} --> {move.to}".ToLowerInvariant()).Distinct();

        var drawn = Arrow().Matches(File.ReadAllText(Diagram())).Select(arrow => $"{arrow.Groups["from"].Value} --> {arrow.Groups["to"].Value}").Distinct().ToList();
        drawn.Count.ShouldBeGreaterThan(8);
        moves.ShouldBe(drawn, ignoreOrder: true);
    }

    [Fact]
    public void Every_move_raises_the_version_by_one_and_writes_one_line()
    {
        foreach (var (name, move) in Moves)
        {
            foreach (var from in Enum.GetValues<BookingStatus>().Where(status => After(status, move) is not null))
            {
                var booking = In(from);
                var (version, lines) = (booking.Version, booking.Timeline.Count);

                move(booking);

                (booking.Version - version, booking.Timeline.Count - lines).ShouldBe((1, 1), $"{name} {from}");
                booking.HoldExpiresAt.HasValue.ShouldBe(booking.Status == BookingStatus.Held);
                booking.RequestExpiresAt.HasValue.ShouldBe(booking.Status == BookingStatus.Requested);
            }
        }
    }

    private static BookingStatus? After(BookingStatus from, Action<Booking> move)
    {
        var booking = In(from);
        try
        {
            move(booking);
            return booking.Status;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Booking In(BookingStatus status)
    {
        var wanted = NewBooking.At(SampleListing.With(), Somebody, Stay, Now);
        switch (status)
        {
            case BookingStatus.Requested: return Booking.Requested(wanted, Now.AddDays(1), Now);
            case BookingStatus.Held: return Booking.Held(wanted, Now.AddMinutes(15), Now);
            case BookingStatus.Confirmed: return Booking.Confirmed(wanted, Now);
        }

        var booking = status == BookingStatus.Completed ? Booking.Confirmed(wanted, Now) : Booking.Requested(wanted, Now.AddDays(1), Now);
        Moves[status switch
        {
            BookingStatus.Completed => "complete",
            BookingStatus.Cancelled => "cancel",
            BookingStatus.Expired => "expire",
            _ => "decline",
        }](booking);
        return booking;
    }

    private static string Diagram([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "inventory.md"));

    [GeneratedRegex(@"^\s+(?<from>\w+) --> (?<to>\w+) :", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Arrow();
}
