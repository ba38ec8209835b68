using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Domain.Bookings;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

/// <summary>docs/payments.md says what each means and where it may go.</summary>
public enum PaymentState { Started, Pending, Unknown, Paid, Mismatched, Failed, Abandoned }

/// <summary>
/// One attempt to pay one thing: a hold, or a change that costs more. It is moved by the methods below and by nothing else, under the
/// listing's lock.
/// </summary>
public sealed class Payment
{
    /// <summary>How long an attempt that nobody has settled is asked for: as long as the gateway sends its webhooks, and its night.</summary>
    public static readonly TimeSpan Watch = TimeSpan.FromDays(3);

    /// <summary>As long as the gateway takes.</summary>
    private const int LongestReference = 50;

    private const string TxRefPrefix = "TRV-";

    private static readonly TimeSpan FirstCheck = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private Payment()
    {
    }

    public required Guid Id { get; init; }

    /// <summary>By which the gateway knows it; never used again.</summary>
    public required string TxRef { get; init; }

    public required Guid BookingId { get; init; }

    /// <summary>The booking's, like the host and the guest: what is due is looked for by listing.</summary>
    public required Guid ListingId { get; init; }

    public required Guid HostId { get; init; }
    public required Guid GuestId { get; init; }

    /// <summary>The change that it pays for; null when it pays for the hold.</summary>
    public required Guid? ChangeId { get; init; }

    public required long AmountMinorUnits { get; init; }
    public required string Currency { get; init; }

    /// <summary>In which of the gateway's worlds it was asked for: <c>test</c> or <c>live</c>.</summary>
    public required string Mode { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public PaymentState State { get; private set; }

    /// <summary>The gateway's page; there once it has opened one.</summary>
    public string? CheckoutUrl { get; private set; }

    /// <summary>When the gateway itself first said, in a signed webhook, that it was paid.</summary>
    public DateTimeOffset? ClaimedAt { get; private set; }

    /// <summary>When somebody whom nobody vouches for last had the gateway asked.</summary>
    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>When its guest was told that nobody knows what became of it. Once is enough, however often that comes and goes.</summary>
    public DateTimeOffset? DoubtToldAt { get; private set; }

    /// <summary>When the gateway's word was final.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>The gateway's own reference; there once it was paid.</summary>
    public string? GatewayReference { get; private set; }

    public string? Method { get; private set; }

    /// <summary>What the gateway keeps of it; Travel's cost.</summary>
    public long? ChargeMinorUnits { get; private set; }

    /// <summary>What came, where it is not what was asked for and is an amount at all.</summary>
    public long? ReceivedMinorUnits { get; private set; }

    public string? ReceivedCurrency { get; private set; }

    /// <summary>When the gateway is asked next if nobody comes before; null when it is no longer.</summary>
    public DateTimeOffset? NextCheckAt { get; private set; }

    public int Checks { get; private set; }

    /// <summary>Rises with every move.</summary>
    public int Version { get; private set; }

    public Money Amount => new(AmountMinorUnits, Currency);

    /// <summary>What has come of it; null when nothing has.</summary>
    public Money? Received => (State, ReceivedMinorUnits, ReceivedCurrency) switch
    {
        (PaymentState.Paid, _, _) => Amount,
        (PaymentState.Mismatched, { } minorUnits, { } currency) => new Money(minorUnits, currency),
        _ => null,
    };

    public bool IsFinal => State is PaymentState.Paid or PaymentState.Mismatched;

    /// <summary>Nothing has been heard of it that would speak against asking for another.</summary>
    public bool IsOpen => State is PaymentState.Started or PaymentState.Pending;

    /// <summary>It is asked about by itself.</summary>
    public bool IsWatched => NextCheckAt is not null;

    /// <summary>Whether it looks like a reference of ours at all; what does not cannot even be looked for, for a text may hold what no database does.</summary>
    public static bool IsReference(string text) => text.Length <= LongestReference
        && text.StartsWith(TxRefPrefix, StringComparison.Ordinal) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    public static Payment For(Booking booking, BookingChange? change, Money amount, string mode, DateTimeOffset now) => For(
        booking, change, amount, mode, Guid.CreateVersion7(now), RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", 12), now);

    /// <param name="secret">What nobody can guess of its reference.</param>
    public static Payment For(Booking booking, BookingChange? change, Money amount, string mode, Guid id, string secret, DateTimeOffset now) => new()
    {
        Id = id,
        TxRef = $"{TxRefPrefix}{booking.Reference}-{secret}",
        BookingId = booking.Id,
        ListingId = booking.ListingId,
        HostId = booking.HostId,
        GuestId = booking.GuestId,
        ChangeId = change?.Id,
        AmountMinorUnits = amount.MinorUnits,
        Currency = amount.Currency,
        Mode = mode,
        CreatedAt = now,
        NextCheckAt = now + FirstCheck,
        Version = 1,
    };

    /// <summary>The gateway has opened a page for it.</summary>
    public void Open(Uri page)
    {
        Expect(PaymentState.Started);
        CheckoutUrl = page.ToString();
        To(PaymentState.Pending);
    }

    /// <summary>Another attempt takes its place. Its page may still be paid, so it goes on being watched.</summary>
    public void Abandon()
    {
        Expect(PaymentState.Started, PaymentState.Pending);
        To(PaymentState.Abandoned);
    }

    public void Fail(DateTimeOffset now)
    {
        Expect(PaymentState.Started, PaymentState.Pending, PaymentState.Unknown);
        SettledAt = now;
        To(PaymentState.Failed);
    }

    /// <summary>A signed webhook says that it was paid, and the gateway, asked, does not; or the gateway does, and not how much.</summary>
    public void Claim(DateTimeOffset now)
    {
        ClaimedAt ??= now;
        if (IsOpen)
        {
            To(PaymentState.Unknown);
        }
    }

    /// <summary>The gateway says that nobody has paid, and what was said before was wrong.</summary>
    public void Deny() => ClaimedAt = null;

    /// <summary>The guest has come back from the gateway's page, and the gateway cannot be asked. Without a page nobody has been there.</summary>
    public void Doubt()
    {
        if (IsOpen && CheckoutUrl is not null)
        {
            To(PaymentState.Unknown);
        }
    }

    /// <returns>Whether its guest is to be told now that nobody knows what became of it.</returns>
    public bool TellDoubt(DateTimeOffset now)
    {
        if (State != PaymentState.Unknown || DoubtToldAt is not null)
        {
            return false;
        }

        DoubtToldAt = now;
        return true;
    }

    /// <summary>Nobody asks about it any more, and the gateway has said again that nobody has paid: an operator has had it asked.</summary>
    public void GiveUp()
    {
        Deny();
        if (State == PaymentState.Unknown)
        {
            To(PaymentState.Abandoned);
        }
    }

    /// <summary>The gateway says that nobody has paid yet; without a word of its own against it, that is so.</summary>
    public void Reopen()
    {
        if (State == PaymentState.Unknown && ClaimedAt is null)
        {
            To(CheckoutUrl is null ? PaymentState.Started : PaymentState.Pending);
        }
    }

    /// <summary>The money has come, all of it and no other.</summary>
    public void Receive(GatewayPayment payment, DateTimeOffset now) => Settle(PaymentState.Paid, payment, now);

    /// <summary>Money has come, and not what was asked for.</summary>
    public void ReceiveOther(GatewayPayment payment, DateTimeOffset now)
    {
        var received = payment.Amount!.Value;
        (ReceivedMinorUnits, ReceivedCurrency) = (received.MinorUnits, received.Currency);
        Settle(PaymentState.Mismatched, payment, now);
    }

    /// <summary>
    /// The gateway was asked, or was to be, and nothing came of it. When it was time to ask, the next time is when it is twice as old, or in an
    /// hour; guests who look in between do not put that off.
    /// </summary>
    public void Checked(DateTimeOffset now)
    {
        Checks++;
        if (NextCheckAt is null || NextCheckAt > now)
        {
            return;
        }

        var age = now - CreatedAt;
        var next = now + (age < LongestPause ? age : LongestPause);
        NextCheckAt = next < CreatedAt + Watch ? next : null;
        if (NextCheckAt is null && (IsOpen || (State == PaymentState.Unknown && ClaimedAt is null)))
        {
            To(PaymentState.Abandoned);
        }
    }

    private void Settle(PaymentState state, GatewayPayment payment, DateTimeOffset now)
    {
        Expect(PaymentState.Started, PaymentState.Pending, PaymentState.Unknown, PaymentState.Failed, PaymentState.Abandoned);
        (GatewayReference, Method, ChargeMinorUnits) = (payment.Reference, payment.Method, payment.Charge?.MinorUnits);
        (SettledAt, NextCheckAt) = (now, null);
        To(state);
    }

    private void Expect(params ReadOnlySpan<PaymentState> from)
    {
        if (!from.Contains(State))
        {
            throw new InvalidOperationException($"A payment that is {State} cannot be moved so.");
        }
    }

    private void To(PaymentState state)
    {
        State = state;
        Version++;
    }
}

internal sealed class PaymentMapping : IEntityTypeConfiguration<Payment>
{
    public void Configure(EntityTypeBuilder<Payment> builder)
    {
        builder.ToTable("payments");
        builder.Property(payment => payment.Id).ValueGeneratedNever();
        builder.Property(payment => payment.TxRef).HasMaxLength(50);
        builder.Property(payment => payment.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(payment => payment.Currency).HasMaxLength(3).IsFixedLength();
        builder.Property(payment => payment.Mode).HasMaxLength(10);
        builder.Property(payment => payment.CheckoutUrl).HasMaxLength(2000);
        builder.Property(payment => payment.GatewayReference).HasMaxLength(100);
        builder.Property(payment => payment.Method).HasMaxLength(50);
        builder.Property(payment => payment.ReceivedCurrency).HasMaxLength(3).IsFixedLength();
        builder.Property(payment => payment.Version).IsConcurrencyToken();
        builder.HasIndex(payment => payment.TxRef).IsUnique();
        builder.HasIndex(payment => payment.BookingId);
        builder.HasOne<Booking>().WithMany().HasForeignKey(payment => payment.BookingId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<BookingChange>().WithMany().HasForeignKey(payment => payment.ChangeId).OnDelete(DeleteBehavior.Restrict);
    }
}
