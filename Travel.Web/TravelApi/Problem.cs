using Travel.Contracts;

namespace Travel.Web.TravelApi;

/// <summary>What the Api says when it refuses: RFC 9457 problem details.</summary>
/// <param name="Errors">Messages per field, for what did not validate.</param>
public sealed record Problem(
    string? Type,
    string? Title,
    int? Status,
    string? Detail,
    IReadOnlyDictionary<string, string[]>? Errors)
{
    public bool IsDatesUnavailable => IsOf(ProblemTypes.DatesUnavailable);

    /// <summary>The same form has been sent before, and its answer is not there yet.</summary>
    public bool IsInFlight => IsOf(ProblemTypes.RequestInFlight);

    /// <summary>What was agreed to is not what would come back by now.</summary>
    public bool IsRefundChanged => IsOf(ProblemTypes.RefundChanged);

    /// <summary>The price that was on the page is not what the stay costs.</summary>
    public bool IsPriceChanged => IsOf(ProblemTypes.PriceChanged);

    /// <summary>It may have been paid already, or it was: the page of the payment says so better than a refusal.</summary>
    public bool IsPaidPerhaps => IsOf(ProblemTypes.AlreadyPaid) || IsOf(ProblemTypes.PaymentUnknown);

    /// <summary>Somebody behind the Api would not, or did not answer, and nothing has come of it: said by an Api that is well.</summary>
    public bool IsOfSomebodyElse => IsOf(ProblemTypes.PaymentRefused) || IsOf(ProblemTypes.PaymentAway) || IsOf(ProblemTypes.BrokerAway);

    public IReadOnlyList<string> ErrorsOf(string field) =>
        Errors?.FirstOrDefault(error => string.Equals(error.Key, field, StringComparison.OrdinalIgnoreCase)).Value ?? [];

    /// <summary>The messages for fields that the form at hand does not show, which would otherwise be lost.</summary>
    public IEnumerable<string> ErrorsBeside(params string[] fields) =>
        (Errors ?? new Dictionary<string, string[]>(StringComparer.Ordinal))
            .Where(error => !fields.Contains(error.Key, StringComparer.OrdinalIgnoreCase))
            .SelectMany(error => error.Value);

    private bool IsOf(ProblemType type) => Type == type.Uri;
}
