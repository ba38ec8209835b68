using System.Collections.Immutable;

namespace Travel.PaymentSandbox.Webhooks;

public enum DeliveryKind
{
    Webhook,
    Callback,
}

public enum DeliveryState
{
    /// <summary>Will be sent when it is due.</summary>
    Owed,

    /// <summary>Waits for another one to be sent first.</summary>
    HeldBack,

    /// <summary>Was answered with 200.</summary>
    Delivered,

    /// <summary>Was sent as often as it is sent.</summary>
    GivenUp,

    /// <summary>Is never sent by itself.</summary>
    Lost,
}

/// <summary>One try: what was answered, or what went wrong instead.</summary>
public sealed record Attempt(DateTimeOffset At, int? Status, string? Trouble);

/// <summary>Something that the merchant's server is told: a webhook, or the callback of a payment.</summary>
public sealed record Delivery
{
    public required Guid Id { get; init; }

    public required DeliveryKind Kind { get; init; }

    /// <summary>A webhook's event, <c>charge.success</c>; of a callback <c>callback</c>.</summary>
    public required string Event { get; init; }

    /// <summary>A webhook's body to the byte, so that every attempt and every copy says the same.</summary>
    public string? Body { get; init; }

    /// <summary>Where a callback goes; webhooks go where the options say.</summary>
    public Uri? Address { get; init; }

    public required DeliveryState State { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public ImmutableList<Attempt> Attempts { get; init; } = [];

    /// <summary>A webhook comes back until it gets 200, a callback does not.</summary>
    internal Delivery After(Attempt attempt, SandboxOptions options)
    {
        var tried = this with { Attempts = Attempts.Add(attempt) };
        if (attempt.Status == StatusCodes.Status200OK)
        {
            return tried with { State = DeliveryState.Delivered };
        }

        if (State != DeliveryState.Owed)
        {
            // Sent by hand: what it was waiting for, or had ended as, is not changed by that.
            return tried;
        }

        return Kind == DeliveryKind.Callback || tried.Attempts.Count >= options.WebhookAttempts
            ? tried with { State = DeliveryState.GivenUp }
            : tried with { DueAt = attempt.At + options.WebhookRetryAfter };
    }
}
