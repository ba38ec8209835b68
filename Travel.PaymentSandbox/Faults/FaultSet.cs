using System.ComponentModel.DataAnnotations;

namespace Travel.PaymentSandbox.Faults;

/// <summary>How webhooks are signed.</summary>
public enum WebhookSignature
{
    /// <summary>Both headers, as Chapa does.</summary>
    Good,

    /// <summary>Both headers, with a key that is not ours.</summary>
    OtherKey,

    /// <summary>Only the header that is the same every time: what somebody can replay who has seen one webhook.</summary>
    StaticHeaderOnly,

    /// <summary>No header at all.</summary>
    None,
}

/// <summary>What verify says of a payment that nobody has paid: Chapa's documentation and Chapa itself do not agree.</summary>
public enum UnpaidVerify
{
    Pending200,
    NotPaid404,
}

/// <summary>What verify says of a payment that it does not know: documentation, and as seen.</summary>
public enum UnknownVerify
{
    NotFound404,
    Invalid400,
}

/// <summary>By what a payment that is to be refunded may be named.</summary>
public enum RefundBy
{
    Either,
    TxRef,
    Reference,
}

/// <summary>How refunds end.</summary>
public enum RefundEnd
{
    Refunded,
    Reversed,
}

/// <summary>What the sandbox does otherwise than a Chapa without faults. As it is made, nothing.</summary>
public sealed record FaultSet
{
    public static FaultSet None { get; } = new();

    /// <summary>How often each webhook is sent; each copy for itself until it gets 200.</summary>
    [Range(1, 100)]
    public int WebhookCopies { get; init; } = 1;

    [Range(typeof(TimeSpan), "00:00:00", "3.00:00:00")]
    public TimeSpan WebhookDelay { get; init; }

    /// <summary>Webhooks are never sent, unless by hand.</summary>
    public bool WebhookLost { get; init; }

    /// <summary>A webhook is kept back until another one has been sent.</summary>
    public bool WebhookReordered { get; init; }

    /// <summary>Looked at when a webhook is sent, not when it is queued.</summary>
    public WebhookSignature WebhookSignature { get; init; }

    public bool CallbackLost { get; init; }

    [Range(typeof(TimeSpan), "00:00:00", "3.00:00:00")]
    public TimeSpan CallbackDelay { get; init; }

    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan VerifyDelay { get; init; }

    /// <summary>Verify answers this and nothing else: 503 for a gateway that is down.</summary>
    [Range(400, 599)]
    public int? VerifyStatus { get; init; }

    /// <summary>Verify says this amount in place of the one that was paid.</summary>
    public decimal? VerifyAmount { get; init; }

    public string? VerifyCurrency { get; init => field = OrNull(value); }

    public string? VerifyTxRef { get; init => field = OrNull(value); }

    public string? VerifyMode { get; init => field = OrNull(value); }

    /// <summary>Verify takes the payment for a live one, which test keys may not ask about.</summary>
    public bool VerifyRefusesKey { get; init; }

    /// <summary>Initialize answers 503 and notes nothing.</summary>
    public bool InitializeDown { get; init; }

    /// <summary>Initialize notes the payment at once and answers that much later.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan InitializeDelay { get; init; }

    /// <summary>Initialize notes the payment and answers 500 all the same.</summary>
    public bool InitializeAnswerLost { get; init; }

    /// <summary>The merchant may not take payments over the API.</summary>
    public bool PaymentsDisabled { get; init; }

    /// <summary>A cancelled payment can be paid.</summary>
    public bool CancelIgnored { get; init; }

    /// <summary>Refunds stay in processing.</summary>
    public bool RefundStuck { get; init; }

    /// <summary>A refund is noted at once and answered that much later.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RefundDelay { get; init; }

    /// <summary>A refund is noted and answered with 500 all the same.</summary>
    public bool RefundAnswerLost { get; init; }

    public bool RefundRefused { get; init; }

    public RefundEnd RefundEnds { get; init; }

    public UnpaidVerify UnpaidVerify { get; init; }

    public UnknownVerify UnknownVerify { get; init; }

    public RefundBy RefundBy { get; init; }

    /// <summary>What no fault can be, by property; empty when all is well.</summary>
    public Dictionary<string, string[]> Problems()
    {
        List<ValidationResult> found = [];
        Validator.TryValidateObject(this, new ValidationContext(this), found, validateAllProperties: true);
        return found.ToDictionary(problem => problem.MemberNames.First(), problem => new[] { problem.ErrorMessage! }, StringComparer.Ordinal);
    }

    // What is left empty in a form is not there.
    private static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
