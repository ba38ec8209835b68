namespace Travel.Tests.Payments.Orders;

internal enum StepKind
{
    /// <summary>The guest pays on the gateway's page, or fails to.</summary>
    Pay,

    /// <summary>A webhook that is signed; the same again is the same notice.</summary>
    Webhook,

    /// <summary>A webhook that somebody else has signed.</summary>
    Forged,

    /// <summary>The guest comes back, or the callback comes: the same question, which is why two of them stand for both.</summary>
    Look,

    /// <summary>The reconciler's time has come.</summary>
    Reconcile,

    /// <summary>The thing that is paid for ends, see <see cref="Ending"/>.</summary>
    End,
}

/// <param name="Attempt">Which of two, where there are two.</param>
internal sealed record Step(StepKind Kind, int Attempt = 0)
{
    public bool IsNotice => Kind is StepKind.Webhook or StepKind.Look or StepKind.Reconcile;

    public override string ToString() => Attempt == 0 ? $"{Kind}" : $"{Kind}'";
}

/// <summary>What the gateway comes to say of it once somebody has paid.</summary>
internal enum Paying { Right, OtherAmount, OtherCurrency, Fails }

/// <summary>How the thing that is paid for ends before it is known to be paid, and what is in the way then.</summary>
internal enum Ending { TimeOver, NightsTaken, CheckedIn, Archived, Cancelled, Replaced }

/// <summary>One life of a payment.</summary>
/// <param name="OfChange">It pays for a dearer stay, and not for a hold.</param>
/// <param name="Attempts">One page, or two of which the first was closed in vain.</param>
/// <param name="Down">How many of those who come find that the gateway cannot be asked.</param>
internal sealed record PaymentOrder(bool OfChange, Paying Paying, Ending Ending, IReadOnlyList<Step> Steps, int Attempts = 1, int Down = 0)
{
    /// <summary>All but the order: two lives in one world differ in nothing else.</summary>
    public string World => $"{(OfChange ? "change" : "hold")} {Paying} {Ending} attempts={Attempts} down={Down}";

    public override string ToString() => $"{World}: {string.Join(", ", Steps)}";
}
