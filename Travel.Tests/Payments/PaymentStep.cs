namespace Travel.Tests.Payments;

/// <summary>Where in a payment's life somebody dies.</summary>
public enum PaymentStep
{
    /// <summary>The nights are held, and nobody has asked to pay.</summary>
    Held,

    /// <summary>The attempt is stored; the gateway has heard of it and not answered.</summary>
    Opening,

    /// <summary>The gateway has opened its page, and that waits to be written down.</summary>
    NotingPage,

    /// <summary>The guest has the page.</summary>
    PageOpen,

    /// <summary>The guest has paid; the webhook is on its way.</summary>
    Paid,

    /// <summary>The webhook is stored; the gateway is asked and has not answered.</summary>
    Asking,

    /// <summary>The gateway has said that it was paid, and that waits to be written down.</summary>
    Settling,

    /// <summary>The booking is confirmed, and nobody has been told.</summary>
    Confirmed,

    /// <summary>The stay is cancelled, and nobody has sent the refund.</summary>
    RefundDue,

    /// <summary>The gateway has made the refund and not answered.</summary>
    Refunding,

    /// <summary>The gateway has answered, and that waits to be written down.</summary>
    NotingRefund,
}
