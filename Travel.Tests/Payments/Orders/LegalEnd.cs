using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;

namespace Travel.Tests.Payments.Orders;

/// <summary>
/// The only end that a life of a payment may come to, from what has happened in it and docs/payments.md: who asked first after it was paid,
/// and whether what was paid for stood by then.
/// </summary>
internal sealed class LegalEnd
{
    /// <summary>Of the stay, of what a dearer one costs more, and so of every payment here, in minor units.</summary>
    public const long Price = 250_000;

    /// <summary>What the gateway says came, where another amount does.</summary>
    public const long OtherPrice = 249_900;

    private readonly PaymentOrder order;
    private readonly bool[] isPaid;
    private readonly bool[] isSettled;
    private readonly List<string> payments = [];
    private readonly List<string> refunds = [];
    private readonly List<string> messages = [];
    private readonly List<string> history;
    private bool isClaimed;
    private bool isDoubted;
    private bool hasEnded;
    private bool isBought;

    private LegalEnd(PaymentOrder order)
    {
        this.order = order;
        (isPaid, isSettled) = (new bool[order.Attempts], new bool[order.Attempts]);
        history = order.OfChange ? ["held", "confirmed", "change-held"] : ["held"];
        messages.AddRange(order.OfChange ? ["booking.held", "booking.confirmed"] : ["booking.held"]);
    }

    private bool IsCancelled => hasEnded && order.Ending == Ending.Cancelled;

    public static PaymentEnd Of(PaymentOrder order)
    {
        var end = new LegalEnd(order);
        end.Live();
        return end.Told();
    }

    private void Live()
    {
        var heard = new HashSet<int>();
        var come = 0;
        Step? before = null;
        foreach (var step in order.Steps)
        {
            var isDown = step.IsNotice && come++ < order.Down;
            switch (step.Kind)
            {
                case StepKind.Pay: isPaid[step.Attempt] = true; break;
                case StepKind.End: EndIt(); break;
                case StepKind.Reconcile: AskAll(isDown); break;
                // Twice at once is once.
                case StepKind.Look when step != before:
                    Ask(step.Attempt, isDown);
                    if (isDown)
                    {
                        Doubt(step.Attempt);
                    }

                    break;
                case StepKind.Webhook when heard.Add(step.Attempt):
                    messages.Add("payment.noticed");
                    history.Add("payment-noticed");
                    Ask(step.Attempt, isDown);
                    if (!isSettled[step.Attempt] && order.Paying != Paying.Fails)
                    {
                        isClaimed = true;
                        Doubt(step.Attempt);
                    }

                    break;
            }

            before = step;
        }

        AskAll(isDown: false);
        RunOut();
    }

    private void AskAll(bool isDown)
    {
        for (var attempt = 0; attempt < order.Attempts; attempt++)
        {
            Ask(attempt, isDown);
        }
    }

    private void Ask(int attempt, bool isDown)
    {
        if (isDown || !isPaid[attempt] || isSettled[attempt])
        {
            return;
        }

        isSettled[attempt] = true;
        switch (order.Paying)
        {
            case Paying.Fails:
                payments.Add("Failed");
                // Nobody is asked to try again what is over.
                messages.AddRange(hasEnded ? [] : ["payment.failed"]);
                history.Add("payment-failed");
                return;
            case not Paying.Right:
                payments.Add("Mismatched");
                return;
        }

        payments.Add("Paid");
        var cause = (hasEnded, isBought, order.Ending) switch
        {
            (true, _, Ending.Cancelled) => "Cancelled",
            (_, true, _) => "PaidTwice",
            (false, _, _) or (true, _, Ending.TimeOver) => null,
            _ => "Late",
        };
        if (cause is null)
        {
            isBought = true;
            history.Add(order.OfChange ? "changed" : "confirmed");
            messages.Add(order.OfChange ? "booking.changed" : "booking.confirmed");
            return;
        }

        GiveBack(cause);
        history.Add("payment-returned");
        messages.Add("payment.returned");
    }

    /// <summary>Nobody knows what became of it, which the guest is told the first time. A page that was closed is not asked for again.</summary>
    private void Doubt(int attempt)
    {
        if (!isSettled[attempt] && attempt == order.Attempts - 1 && !isDoubted)
        {
            isDoubted = true;
            messages.Add("payment.unknown");
        }
    }

    private void EndIt()
    {
        hasEnded = true;
        switch (order.Ending)
        {
            case Ending.Cancelled:
                history.Add("cancelled");
                messages.Add("booking.cancelled");
                // What is part of the stay goes back with it.
                Enumerable.Range(0, (order.OfChange ? 1 : 0) + (isBought ? 1 : 0)).ToList().ForEach(_ => GiveBack("Cancelled"));
                break;
            case Ending.Replaced:
                // The other change is never paid, and ends by itself.
                history.AddRange(["change-held", "change-expired"]);
                messages.Add("booking.change-expired");
                break;
            default:
                LoseTime();
                break;
        }
    }

    /// <summary>What was never bought loses its time in the end, unless it has ended by then.</summary>
    private void RunOut()
    {
        if (!hasEnded)
        {
            LoseTime();
        }

        for (var attempt = 0; attempt < order.Attempts; attempt++)
        {
            if (!isSettled[attempt])
            {
                payments.Add(isClaimed && attempt == order.Attempts - 1 ? "Unknown" : "Abandoned");
            }
        }
    }

    private void LoseTime()
    {
        if (!isBought)
        {
            history.Add(order.OfChange ? "change-expired" : "expired");
            messages.Add(order.OfChange ? "booking.change-expired" : "booking.expired");
        }
    }

    private void GiveBack(string cause)
    {
        refunds.Add($"{cause} {Price} Refunded");
        history.Add("refunded");
        messages.Add("payment.refunded");
    }

    private PaymentEnd Told()
    {
        var status = IsCancelled ? BookingStatus.Cancelled : order.OfChange || isBought ? BookingStatus.Confirmed : BookingStatus.Expired;
        var received = payments.Count(state => state == "Paid") + (order.OfChange ? 1 : 0);
        var shown = (refunds.Count, received, payments) switch
        {
            // Money that nobody can place has come, and has not gone back.
            ( > 0, _, _) => refunds.Count == received && !payments.Contains("Mismatched") ? PaymentStatus.Refunded : PaymentStatus.PartiallyRefunded,
            _ when payments.Contains("Unknown") || payments.Contains("Mismatched") => PaymentStatus.Unknown,
            (_, > 0, _) => PaymentStatus.Paid,
            _ when payments.Contains("Failed") => PaymentStatus.Failed,
            _ => PaymentStatus.None,
        };
        return new PaymentEnd(
            status, shown, PaymentEnd.Listed(payments), PaymentEnd.Listed(Accounts(received)), PaymentEnd.Listed(refunds), PaymentEnd.Listed(messages), PaymentEnd.Listed(history));
    }

    private IEnumerable<string> Accounts(int received)
    {
        var kept = (received - refunds.Count) * Price;
        (string Currency, long MinorUnits) other = !payments.Contains("Mismatched") ? ("ETB", 0) : order.Paying == Paying.OtherAmount ? ("ETB", OtherPrice) : ("USD", Price);
        (string Account, string Currency, long MinorUnits)[] accounts =
        [
            ("Gateway", "ETB", kept + (other.Currency == "ETB" ? other.MinorUnits : 0)),
            ("Stay", "ETB", -kept),
            ("Gateway", "USD", other.Currency == "USD" ? other.MinorUnits : 0),
            ("Open", other.Currency, -other.MinorUnits),
        ];
        return accounts.Where(account => account.MinorUnits != 0).Select(account => $"{account.Account} {account.Currency} {account.MinorUnits}");
    }
}
