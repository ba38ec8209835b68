using Travel.Contracts.Listings;
using Travel.Domain.Bookings;
using Travel.Domain.Payments;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Payments;

/// <summary>When an attempt is asked about, and how it ends when nothing comes of it.</summary>
public sealed class PaymentWatchTests
{
    private static readonly DateTimeOffset Begun = new(2026, 11, 20, 9, 30, 0, TimeSpan.Zero);
    private static readonly Uri Page = new("https://checkout.example/1");

    [Fact]
    public void Asking_begins_after_two_minutes_and_goes_on_at_twice_the_age_and_then_every_hour()
    {
        var payment = New();
        List<double> minutes = [];
        while (minutes.Count < 8)
        {
            minutes.Add((payment.NextCheckAt!.Value - Begun).TotalMinutes);
            payment.Checked(payment.NextCheckAt.Value);
        }

        minutes.ShouldBe([2, 4, 8, 16, 32, 64, 124, 184]);
        payment.Checks.ShouldBe(8);
    }

    [Fact]
    public void Guests_who_look_do_not_put_off_when_it_is_asked_about_by_itself()
    {
        var payment = New();
        foreach (var seconds in new[] { 6, 12, 18, 24, 119 })
        {
            payment.Checked(Begun.AddSeconds(seconds));
        }

        payment.NextCheckAt.ShouldBe(Begun.AddMinutes(2));
    }

    [Fact]
    public void Without_a_page_a_guests_word_is_in_vain_and_a_webhooks_is_not()
    {
        var payment = New();

        payment.Doubt();
        payment.State.ShouldBe(PaymentState.Started);
        payment.Claim(Begun);
        payment.State.ShouldBe(PaymentState.Unknown);
    }

    [Theory]
    [InlineData(false, PaymentState.Abandoned)]
    [InlineData(true, PaymentState.Unknown)]
    public void What_only_the_guest_says_ends_with_the_watch_and_what_the_gateway_said_waits_for_an_operator(bool isClaimed, PaymentState state)
    {
        var payment = New();
        payment.Open(Page);
        payment.Doubt();
        if (isClaimed)
        {
            payment.Claim(Begun);
        }

        while (payment.NextCheckAt is { } next)
        {
            payment.Checked(next);
        }

        payment.State.ShouldBe(state);
        payment.GiveUp();
        payment.State.ShouldBe(PaymentState.Abandoned);
        payment.ClaimedAt.ShouldBeNull();
    }

    private static Payment New()
    {
        var listing = SampleListing.With(payment: PaymentMode.Online);
        var booking = Booking.Held(NewBooking.At(listing, Guid.NewGuid(), new StayRequest(new(2026, 12, 24), new(2026, 12, 26), 2), Begun), Begun.AddMinutes(15), Begun);
        return Payment.For(booking, change: null, booking.Quote.Total, "test", Begun);
    }
}
