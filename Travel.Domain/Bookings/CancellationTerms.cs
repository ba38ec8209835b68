using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;

namespace Travel.Domain.Bookings;

/// <summary>The parts of a frozen price that cancellation asks for.</summary>
/// <param name="FirstNight">What the first night alone costs.</param>
/// <param name="CleaningFee">Part of the total; always returned before check-in.</param>
public sealed record FrozenPrice(Money Total, Money FirstNight, Money CleaningFee)
{
    /// <summary>Quotes from before there were rates have nights of one price and no fee.</summary>
    public static FrozenPrice Of(Quote quote) => new(
        quote.Total,
        quote.FirstNight ?? quote.Total with { MinorUnits = quote.Total.MinorUnits / quote.Nights },
        quote.CleaningFee ?? quote.Total with { MinorUnits = 0 });
}

/// <summary>What goes back to the guest and what is kept of what they paid. Together they are what was paid.</summary>
public sealed record Settlement(Money Refund, Money Fee);

/// <summary>What a guest gets back who cancels before check-in. Pure; the words of it are in the HTTP contract.</summary>
/// <param name="CheckInAt">Check-in by the clock at the listing.</param>
public sealed record CancellationTerms(CancellationPolicy Policy, FrozenPrice Price, DateTimeOffset CheckInAt)
{
    /// <summary>Until when, and including when, the better half of the terms holds. Hours are hours, also across a change of the clock.</summary>
    public DateTimeOffset BetterUntil => CheckInAt - Policy switch
    {
        CancellationPolicy.Flexible => TimeSpan.FromHours(24),
        CancellationPolicy.Moderate => TimeSpan.FromDays(5),
        CancellationPolicy.Strict => TimeSpan.FromDays(7),
        _ => throw new InvalidOperationException($"Unknown policy {Policy}."),
    };

    /// <param name="paid">What has been received for this booking so far; nothing with payment on arrival.</param>
    public Settlement ForGuest(Money paid, DateTimeOffset now)
    {
        var kept = Math.Min(paid.MinorUnits, KeptAt(now));
        return new(paid with { MinorUnits = paid.MinorUnits - kept }, paid with { MinorUnits = kept });
    }

    /// <summary>
    /// What goes back when a stay becomes a cheaper one: of what it costs less, the share that a cancellation would return. Of a flexible stay
    /// that is all, for the first night stays paid.
    /// </summary>
    public Settlement ForReduction(Money less, DateTimeOffset now)
    {
        var kept = (Policy, now <= BetterUntil) switch
        {
            (CancellationPolicy.Flexible, _) or (CancellationPolicy.Moderate, true) => 0,
            (CancellationPolicy.Moderate, false) or (CancellationPolicy.Strict, true) => less.MinorUnits / 2,
            _ => less.MinorUnits,
        };
        return new(less with { MinorUnits = less.MinorUnits - kept }, less with { MinorUnits = kept });
    }

    /// <summary>A host's cancellation, and an operator's in their place, returns everything.</summary>
    public static Settlement ForHost(Money paid) => new(paid, paid with { MinorUnits = 0 });

    /// <summary>What the host keeps of a stay that is paid in full. Half a santim is the guest's.</summary>
    private long KeptAt(DateTimeOffset now)
    {
        var better = now <= BetterUntil;
        var stay = Price.Total.MinorUnits - Price.CleaningFee.MinorUnits;
        return Policy switch
        {
            CancellationPolicy.Flexible => better ? 0 : Math.Min(stay, Price.FirstNight.MinorUnits),
            CancellationPolicy.Moderate => better ? 0 : stay / 2,
            _ => better ? stay / 2 : stay,
        };
    }

    public override string ToString() => Policy switch
    {
        CancellationPolicy.Flexible => "Flexible: everything back until 24 hours before check-in, then the first night is kept.",
        CancellationPolicy.Moderate => "Moderate: everything back until 5 days before check-in, then half is kept.",
        _ => "Strict: half back until 7 days before check-in, then nothing.",
    } + (Price.CleaningFee.MinorUnits > 0 ? " The cleaning fee is always returned before check-in." : "");
}
