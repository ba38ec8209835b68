namespace Travel.Tests.Payments.Orders;

/// <summary>Every order in which a payment can be heard of, and those of them that have all there is to see in them.</summary>
internal static class PaymentOrders
{
    private static readonly Step Pay = new(StepKind.Pay);
    private static readonly Step End = new(StepKind.End);
    private static readonly Step Webhook = new(StepKind.Webhook);
    private static readonly Step Look = new(StepKind.Look);
    private static readonly Step Reconcile = new(StepKind.Reconcile);
    private static readonly Step Forged = new(StepKind.Forged);

    /// <summary>The gateway, the thing and the clock say what they say in each of these; no two are equal.</summary>
    public static IReadOnlyList<PaymentOrder> All { get; } =
    [
        .. Ended(ofChange: false, Paying.Right, mostNotices: 4, Ending.TimeOver, Ending.NightsTaken, Ending.CheckedIn, Ending.Archived, Ending.Cancelled),
        .. Unended(ofChange: false, Paying.Right, mostNotices: 4),
        .. Wrong.SelectMany(paying => Ended(ofChange: false, paying, mostNotices: 3, Ending.TimeOver, Ending.Cancelled).Concat(Unended(ofChange: false, paying, mostNotices: 3))),
        .. Unpaid(ofChange: false, mostNotices: 3, Ending.TimeOver, Ending.Cancelled),
        .. Down([1, 2], Ended(ofChange: false, Paying.Right, mostNotices: 3, Ending.TimeOver, Ending.NightsTaken, Ending.Cancelled)),
        .. Down([1, 2], Wrong.SelectMany(paying => Unended(ofChange: false, paying, mostNotices: 2))),
        .. Ended(ofChange: true, Paying.Right, mostNotices: 3, Enum.GetValues<Ending>()),
        .. Unended(ofChange: true, Paying.Right, mostNotices: 3),
        .. Wrong.SelectMany(paying => Ended(ofChange: true, paying, mostNotices: 2, Ending.TimeOver, Ending.Cancelled, Ending.Replaced)),
        .. Unpaid(ofChange: true, mostNotices: 2, Ending.TimeOver, Ending.Cancelled, Ending.Replaced),
        .. Down([1], Ended(ofChange: true, Paying.Right, mostNotices: 2, Ending.TimeOver, Ending.NightsTaken)),
        .. WithForged(Ended(ofChange: false, Paying.Right, mostNotices: 2, Ending.TimeOver, Ending.NightsTaken)),
        .. WithForged(Unended(ofChange: true, Paying.Right, mostNotices: 2)),
        .. PaidTwice(ofChange: false, Ending.TimeOver, Ending.NightsTaken, Ending.Cancelled),
        .. PaidTwice(ofChange: true, Ending.TimeOver, Ending.Replaced),
    ];

    /// <summary>So many that in each world each step comes right before and right after each other that it ever meets there.</summary>
    public static IReadOnlyList<PaymentOrder> Covering() => [.. All.GroupBy(order => order.World, StringComparer.Ordinal).SelectMany(world => Covering([.. world]))];

    private static IEnumerable<PaymentOrder> Covering(List<PaymentOrder> world)
    {
        var unseen = world.SelectMany(Neighbours).ToHashSet();
        while (unseen.Count > 0)
        {
            // Each time the one that shows most of what is left.
            var next = world.MaxBy(order => Neighbours(order).Distinct().Count(unseen.Contains))!;
            unseen.ExceptWith(Neighbours(next));
            yield return next;
        }
    }

    private static IEnumerable<Paying> Wrong => [Paying.OtherAmount, Paying.OtherCurrency, Paying.Fails];

    private static IEnumerable<(Step? Before, Step? After)> Neighbours(PaymentOrder order) => order.Steps.Prepend(null).Zip(order.Steps.Append(null));

    private static IEnumerable<PaymentOrder> Ended(bool ofChange, Paying paying, int mostNotices, params Ending[] endings) =>
        from notices in Notices(mostNotices) from steps in Arranged([Pay, End, .. notices]) from ending in endings select new PaymentOrder(ofChange, paying, ending, steps);

    private static IEnumerable<PaymentOrder> Unended(bool ofChange, Paying paying, int mostNotices) =>
        from notices in Notices(mostNotices) from steps in Arranged([Pay, .. notices]) select new PaymentOrder(ofChange, paying, Ending.TimeOver, steps);

    private static IEnumerable<PaymentOrder> Unpaid(bool ofChange, int mostNotices, params Ending[] endings) =>
        (from notices in Notices(mostNotices) from steps in Arranged([End, .. notices]) from ending in endings select new PaymentOrder(ofChange, Paying.Right, ending, steps))
        .Concat(from notices in Notices(mostNotices) from steps in Arranged(notices) select new PaymentOrder(ofChange, Paying.Right, Ending.TimeOver, steps));

    private static IEnumerable<PaymentOrder> Down(int[] counts, IEnumerable<PaymentOrder> orders) =>
        from order in orders from count in counts where order.Steps.Count(step => step.IsNotice) >= count select order with { Down = count };

    private static IEnumerable<PaymentOrder> WithForged(IEnumerable<PaymentOrder> orders) =>
        from order in orders from place in Enumerable.Range(0, order.Steps.Count + 1) select order with { Steps = [.. order.Steps.Take(place), Forged, .. order.Steps.Skip(place)] };

    private static IEnumerable<PaymentOrder> PaidTwice(bool ofChange, params Ending[] endings)
    {
        Step[] paid = [Pay, new(StepKind.Pay, 1)];
        Step[][] heard =
        [
            [Look, new(StepKind.Look, 1)],
            [Webhook, new(StepKind.Webhook, 1)],
            [Look, new(StepKind.Webhook, 1)],
            [Webhook, new(StepKind.Look, 1)],
            [Reconcile, Reconcile],
            [Look, Reconcile],
            [Reconcile],
            [],
        ];
        return from notices in heard
               from steps in Arranged([.. paid, .. notices]).Concat(Arranged([.. paid, .. notices, End]))
               from ending in steps.Contains(End) ? endings : [Ending.TimeOver]
               select new PaymentOrder(ofChange, Paying.Right, ending, steps, Attempts: 2);
    }

    /// <summary>None, once or twice of each; of the questions of guests and callbacks up to four.</summary>
    private static IEnumerable<Step[]> Notices(int most) =>
        from webhooks in Enumerable.Range(0, 3)
        from looks in Enumerable.Range(0, 5)
        from reconciled in Enumerable.Range(0, 3)
        where webhooks + looks + reconciled <= most
        select (Step[])[.. Enumerable.Repeat(Webhook, webhooks), .. Enumerable.Repeat(Look, looks), .. Enumerable.Repeat(Reconcile, reconciled)];

    /// <summary>Every order of these, where equal ones are the same.</summary>
    private static IEnumerable<IReadOnlyList<Step>> Arranged(IReadOnlyList<Step> steps) => steps.Count == 0
        ? [[]]
        : from first in steps.Distinct()
          from rest in Arranged([.. steps.Take(steps.ToList().IndexOf(first)), .. steps.Skip(steps.ToList().IndexOf(first) + 1)])
          select (IReadOnlyList<Step>)[first, .. rest];
}
