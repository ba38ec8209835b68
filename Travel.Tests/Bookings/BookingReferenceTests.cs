using Travel.Domain.Bookings;

namespace Travel.Tests.Bookings;

public sealed class BookingReferenceTests
{
    private const int Draws = 20_000;

    [Fact]
    public void A_reference_is_eight_characters_that_cannot_be_mistaken_for_each_other() =>
        Enumerable.Range(0, Draws).Select(_ => BookingReference.New()).ShouldAllBe(
            reference => reference.Length == 8 && reference.All(character => "34679CDFGHJKMNPQRTWXY".Contains(character, StringComparison.Ordinal)));

    [Fact]
    public void Every_character_of_the_alphabet_is_used_at_every_place()
    {
        var drawn = Enumerable.Range(0, Draws).Select(_ => BookingReference.New()).ToList();

        Enumerable.Range(0, 8).ShouldAllBe(place => drawn.Select(reference => reference[place]).Distinct().Count() == 21);
    }

    // Two alike among 20,000 of 21^8 come about once in 190 runs; two pairs once in 70,000.
    [Fact]
    public void References_do_not_repeat() =>
        Enumerable.Range(0, Draws).Select(_ => BookingReference.New()).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(Draws - 1);
}
