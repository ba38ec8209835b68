using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Travel.Contracts;
using Travel.Domain.Payments.Chapa;

namespace Travel.Domain.Payments;

public enum RefundState
{
    /// <summary>Decided, and to be sent.</summary>
    Due,

    /// <summary>The gateway has it.</summary>
    Processing,

    Refunded,

    /// <summary>It came back to us: an open item.</summary>
    Reversed,

    /// <summary>The gateway will not make it: an open item.</summary>
    Refused,
}

/// <summary>Money of one payment on its way back to the guest.</summary>
public sealed class Refund
{
    private const int LongestError = 500;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private Refund()
    {
    }

    public required Guid Id { get; init; }
    public required Guid PaymentId { get; init; }
    public required Guid BookingId { get; init; }

    /// <summary>Ours: the gateway makes it once, however often it hears of it.</summary>
    public required string Reference { get; init; }

    public required long AmountMinorUnits { get; init; }
    public required string Currency { get; init; }
    public required RefundCause Cause { get; init; }

    /// <summary>Who decided it; null when Travel did.</summary>
    public required Guid? DecidedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public RefundState State { get; private set; }

    /// <summary>The gateway's own; there once it has it.</summary>
    public string? GatewayId { get; private set; }

    /// <summary>What the gateway said last, where it was no.</summary>
    public string? LastError { get; private set; }

    /// <summary>When somebody is to look after it next. A claim moves it on; null when there is nothing to do.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    public int Attempts { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }
    public int Version { get; private set; }

    public Payment? Payment { get; init; }

    public Money Amount => new(AmountMinorUnits, Currency);

    /// <summary>Its money is back with us.</summary>
    public bool HasFailed => State is RefundState.Refused or RefundState.Reversed;

    /// <summary>The gateway may have made it, and under which name nobody knows, so that it cannot be asked.</summary>
    public bool IsInDoubt => State == RefundState.Processing && GatewayId is null;

    public static Refund Of(Payment payment, Money amount, RefundCause cause, Guid? by, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        return new Refund
        {
            Id = id,
            PaymentId = payment.Id,
            BookingId = payment.BookingId,
            Reference = $"RFD-{id:N}",
            AmountMinorUnits = amount.MinorUnits,
            Currency = amount.Currency,
            Cause = cause,
            DecidedBy = by,
            CreatedAt = now,
            DueAt = now,
        };
    }

    /// <summary>Whoever claims it has it for that long.</summary>
    public void Claim(DateTimeOffset until)
    {
        (DueAt, Version) = (until, Version + 1);
        Attempts++;
    }

    /// <summary>
    /// It was asked for before, no answer came, and now the answer is no: perhaps because it is made already. It is not asked for a third time,
    /// and its money stays where it is until somebody knows.
    /// </summary>
    public void Doubt(string sentence, DateTimeOffset now)
    {
        Expect(RefundState.Due);
        LastError = PlainText.Beginning(sentence, LongestError);
        To(RefundState.Processing, dueAt: now + Pause());
    }

    /// <summary>The gateway has it and is not done.</summary>
    public void Proceed(string gatewayId, DateTimeOffset now)
    {
        Expect(RefundState.Due, RefundState.Processing);
        (GatewayId, LastError) = (gatewayId, null);
        To(RefundState.Processing, dueAt: now + Pause());
    }

    /// <param name="gatewayId">Null when only its webhook says so.</param>
    public void Finish(string? gatewayId, DateTimeOffset now)
    {
        Expect(RefundState.Due, RefundState.Processing);
        (GatewayId, SettledAt, LastError) = (gatewayId ?? GatewayId, now, null);
        To(RefundState.Refunded, dueAt: null);
    }

    /// <param name="gatewayId">Null when only its webhook says so.</param>
    public void Reverse(string? gatewayId, DateTimeOffset now)
    {
        Expect(RefundState.Due, RefundState.Processing);
        (GatewayId, SettledAt) = (gatewayId ?? GatewayId, now);
        To(RefundState.Reversed, dueAt: null);
    }

    public void Refuse(string sentence, DateTimeOffset now)
    {
        Expect(RefundState.Due, RefundState.Processing);
        (LastError, SettledAt) = (PlainText.Beginning(sentence, LongestError), now);
        To(RefundState.Refused, dueAt: null);
    }

    /// <summary>The gateway has spoken of it by its own accord, so it is asked now.</summary>
    public void Wake(DateTimeOffset now)
    {
        if (State is RefundState.Processing)
        {
            To(State, dueAt: now);
        }
    }

    /// <summary>No answer, or none that says what became of it: it is asked again.</summary>
    public void Retry(DateTimeOffset now) => To(State, dueAt: now + Pause());

    private TimeSpan Pause() => BackOff.After(Attempts + 1, FirstPause, LongestPause);

    private void Expect(params ReadOnlySpan<RefundState> from)
    {
        if (!from.Contains(State))
        {
            throw new InvalidOperationException($"A refund that is {State} cannot be moved so.");
        }
    }

    private void To(RefundState state, DateTimeOffset? dueAt) => (State, DueAt, Version) = (state, dueAt, Version + 1);
}

internal sealed class RefundMapping : IEntityTypeConfiguration<Refund>
{
    public void Configure(EntityTypeBuilder<Refund> builder)
    {
        builder.ToTable("refunds");
        builder.Property(refund => refund.Id).ValueGeneratedNever();
        builder.Property(refund => refund.Reference).HasMaxLength(50);
        builder.Property(refund => refund.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(refund => refund.Cause).HasConversion<string>().HasMaxLength(20);
        builder.Property(refund => refund.Currency).HasMaxLength(3).IsFixedLength();
        builder.Property(refund => refund.GatewayId).HasMaxLength(100);
        builder.Property(refund => refund.LastError).HasMaxLength(500);
        builder.Property(refund => refund.Version).IsConcurrencyToken();
        builder.HasIndex(refund => refund.Reference).IsUnique();
        builder.HasIndex(refund => refund.BookingId);
        builder.HasOne(refund => refund.Payment).WithMany().HasForeignKey(refund => refund.PaymentId).OnDelete(DeleteBehavior.Restrict);
    }
}
