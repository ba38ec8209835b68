using Travel.Contracts.Bookings;
using Travel.Domain.Bookings;
using Travel.Domain.Listings;
using Travel.Domain.Reviews;

namespace Travel.Worker.Seeding;

/// <summary>What guests wrote after a stay, those who wrote: some listings are better than others, and most guests are kind.</summary>
internal sealed class ReviewWriter(DemoCalendar calendar)
{
    private readonly Words words = SeedFiles.Read<Words>("review-words.json");

    /// <returns>Null for stays that are not over, and for guests who wrote nothing.</returns>
    public Review? ReviewOf(Booking booking, Listing listing, DateTimeOffset endedAt)
    {
        var dice = new Dice($"review {listing.Slug} {booking.Reference}");
        var afterwards = TimeSpan.FromMinutes(dice.Roll(12 * 24 * 60));
        if (booking.Status != BookingStatus.Completed || dice.Chance(0.4) || !IsBeforeAnchor(afterwards))
        {
            return null;
        }

        var rating = RatingOf(listing, dice);
        var later = TimeSpan.FromMinutes(30 + dice.Roll(3 * 24 * 60));
        var reply = dice.Chance(rating > 3 ? 0.25 : 0.5) && IsBeforeAnchor(afterwards + later) ? dice.Pick(rating > 3 ? words.Thanks : words.Apologies) : null;
        var writtenAt = endedAt + afterwards;
        return new Review
        {
            Id = dice.Id(writtenAt),
            BookingId = booking.Id,
            ListingId = listing.Id,
            GuestId = booking.GuestId,
            Rating = rating,
            Text = TextOf(rating, listing, dice),
            Reply = reply,
            RepliedAt = reply is null ? null : writtenAt + later,
            CreatedAt = writtenAt,
        };

        // By the day, which is over everywhere two days later, and not by the hour: the clocks of some places change between one anchor
        // and another, and what is written near it would be there with the one and not with the other.
        bool IsBeforeAnchor(TimeSpan afterCheckOut) =>
            new DateTimeOffset(booking.CheckOutOn.AddDays(2), TimeOnly.MinValue, TimeSpan.Zero) + afterCheckOut < calendar.AnchorAt;
    }

    private static int RatingOf(Listing listing, Dice dice)
    {
        var quality = new Dice("quality " + listing.Slug).Between(4.0, 5.4);
        return dice.Chance(0.03) ? 1 + dice.Roll(2) : (int)Math.Clamp(Math.Round(quality + dice.Between(-1.3, 0.9)), 1, 5);
    }

    private string TextOf(int rating, Listing listing, Dice dice)
    {
        var praise = listing.Amenities.Where(words.Praise.ContainsKey).SelectMany(amenity => words.Praise[amenity])
            .Concat(words.Praise[""]).ToList();
        List<string> sentences = [dice.Pick(words.Verdicts[rating])];
        for (var count = dice.Roll(Math.Max(1, rating - 1)); count > 0; count--)
        {
            Add(praise);
        }

        for (var count = rating switch { 5 => 0, 4 => dice.Roll(2), 3 => 1, _ => 2 }; count > 0; count--)
        {
            Add(words.Complaints);
        }

        if (rating > 3 && dice.Chance(0.5))
        {
            Add(words.Closings);
        }

        return string.Join(' ', sentences).Replace("{city}", listing.City, StringComparison.Ordinal);

        void Add(IReadOnlyList<string> from)
        {
            var sentence = dice.Pick(from);
            if (!sentences.Contains(sentence, StringComparer.Ordinal))
            {
                sentences.Add(sentence);
            }
        }
    }

    /// <param name="Praise">By the amenity that is praised; what any stay can be praised for is under the empty name.</param>
    private sealed record Words(
        Dictionary<int, IReadOnlyList<string>> Verdicts,
        Dictionary<string, IReadOnlyList<string>> Praise,
        IReadOnlyList<string> Complaints,
        IReadOnlyList<string> Closings,
        IReadOnlyList<string> Thanks,
        IReadOnlyList<string> Apologies);
}
