namespace Travel.Contracts;

/// <summary>A kind of error that clients may rely on (RFC 9457): its URI, status and title stay what they are.</summary>
/// <param name="Name">The last part of the URI.</param>
/// <param name="Status">The one HTTP status it comes with.</param>
/// <param name="Detail">What is said to the person in front of it, where there is nothing more exact to say.</param>
public sealed record ProblemType(string Name, int Status, string Title, string Detail)
{
    public const string Base = "https://travel.test/problems/";

    public string Uri => Base + Name;
}

/// <summary>
/// All that the Api ever refuses with. What an endpoint answers, what the OpenAPI document says of it and what Web and the tests look for
/// is taken from here.
/// </summary>
public static class ProblemTypes
{
    private static readonly List<ProblemType> Known = [];

    public static ProblemType Invalid { get; } = New("invalid", 400, "The request is not valid", "What is wrong is said for each field.");

    public static ProblemType Unauthorized { get; } = New("unauthorized", 401, "Not signed in", "Sign in, and send the access token with the request.");

    public static ProblemType Forbidden { get; } = New("forbidden", 403, "Not allowed", "This is not for you to do.");

    public static ProblemType NotFound { get; } = New("not-found", 404, "Not found", "There is no such thing, or none that you may know of.");

    public static ProblemType MethodNotAllowed { get; } = New("method-not-allowed", 405, "Method not allowed", "This address does not know the method.");

    public static ProblemType RequestTimeout { get; } = New("request-timeout", 408, "Too slow", "The body of the request came too slowly.");

    public static ProblemType Conflict { get; } = New(
        "conflict", 409, "Changed at the same moment", "Somebody else changed this at the same moment. Please look at it again.");

    public static ProblemType DatesUnavailable { get; } = New(
        "dates-unavailable", 409, "These dates are taken", "Somebody else has some of these nights. Please choose other dates.");

    /// <summary>The total that was sent along is not what the stay costs.</summary>
    public static ProblemType PriceChanged { get; } = New(
        "price-changed", 409, "The price has changed", "This stay costs something else by now. Nothing is done yet; please look at the price again.");

    public static ProblemType OwnListing { get; } = New(
        "own-listing", 409, "This is your own place", "Hosts cannot book their own place. To keep nights free, block them.");

    public static ProblemType NotRequested { get; } = New("not-requested", 409, "This request is over", "The booking waits for no answer any more.");

    public static ProblemType NotCancellable { get; } = New("not-cancellable", 409, "This booking cannot be cancelled", "The stay has begun, or the booking is over.");

    public static ProblemType NotChangeable { get; } = New("not-changeable", 409, "This stay cannot be changed", "The stay has begun or is not confirmed, or its place is not let at the moment.");

    public static ProblemType NotUnderWay { get; } = New("not-under-way", 409, "There is no stay under way", "The stay has not begun, or it is over.");

    public static ProblemType PaymentNotDue { get; } = New(
        "payment-not-due", 409, "There is nothing to pay", "The nights were kept until they had to be paid, and that time is over.");

    public static ProblemType AlreadyPaid { get; } = New("already-paid", 409, "This is paid", "This stay has been paid.");

    /// <summary>An attempt may have been paid; nobody is asked to pay twice.</summary>
    public static ProblemType PaymentUnknown { get; } = New(
        "payment-unknown", 409, "A payment is being checked", "It may have been paid already, and we are asking the bank. Please do not pay again.");

    public static ProblemType RefundChanged { get; } = New(
        "refund-changed", 409, "The refund has changed", "By now another amount comes back. Nothing is cancelled yet; please look at it again.");

    /// <summary>What is asked for is more than an operator can send back of a payment.</summary>
    public static ProblemType RefundTooLarge { get; } = New(
        "refund-too-large", 409, "More than can go back", "Less than that of this payment is open or was kept. Nothing is sent back.");

    /// <summary>What became of a refund the provider is asked, and nobody else.</summary>
    public static ProblemType RefundNotInDoubt { get; } = New(
        "refund-not-in-doubt", 409, "This refund is in no doubt", "It is over, or the payment provider can be asked about it.");

    /// <summary>What is done or has failed cannot be cancelled any more.</summary>
    public static ProblemType ErrandOver { get; } = New("errand-over", 409, "This errand is over", "It is done, or it has failed.");

    /// <summary>An operator has replayed or dropped it.</summary>
    public static ProblemType DeadLetterSettled { get; } = New(
        "dead-letter-settled", 409, "This dead letter is settled", "Somebody has given it back to its queue or dropped it before.");

    /// <summary>It was published meanwhile, or an operator has dropped it.</summary>
    public static ProblemType RefusedMessageSettled { get; } = New(
        "refused-message-settled", 409, "This message is settled", "It has been published meanwhile, or somebody has dropped it before.");

    public static ProblemType NightsTaken { get; } = New(
        "nights-taken", 409, "These nights are taken", "Some of these nights have just been taken. Nothing has been closed.");

    public static ProblemType StayNotOver { get; } = New("stay-not-over", 409, "This stay is not over", "A stay can be reviewed when it is over.");

    public static ProblemType AlreadyReviewed { get; } = New(
        "already-reviewed", 409, "This stay has a review", "A stay is reviewed once. You can change your review for some days.");

    public static ProblemType ReviewClosed { get; } = New(
        "review-closed", 409, "This review can no longer be changed", "The days in which it could be changed are over.");

    public static ProblemType AlreadyReplied { get; } = New(
        "already-replied", 409, "This review has a reply", "A review is answered once. You can change your answer.");

    public static ProblemType StaysToCome { get; } = New(
        "stays-to-come", 409, "You have stays to come",
        "Your account cannot be deleted while you have stays to come. Cancel them first, or come back after them.");

    public static ProblemType GuestsToCome { get; } = New(
        "guests-to-come", 409, "You expect guests",
        "Your account cannot be deleted while guests are still to stay at your places. Cancel their bookings first, or come back after them.");

    public static ProblemType MoneyUnderWay { get; } = New(
        "money-under-way", 409, "Money of yours is still under way",
        "Your account cannot be deleted while a payment or a refund of yours is under way. Please come back when it has arrived.");

    public static ProblemType LastOperator { get; } = New(
        "last-operator", 409, "You are the last operator",
        "Nobody could look after Travel any more. Your account can be deleted when there is another operator who can sign in.");

    public static ProblemType ListingIncomplete { get; } = New(
        "listing-incomplete", 409, "Something is missing", "This listing cannot be published yet: something is missing.");

    /// <summary>An operator has taken it from guests; to its host the detail says why.</summary>
    public static ProblemType ListingSuspended { get; } = New(
        "listing-suspended", 409, "This place is suspended", "Guests cannot find or book it until an operator lifts that.");

    public static ProblemType ListingNotSuspended { get; } = New(
        "listing-not-suspended", 409, "This place is not suspended", "Nobody has suspended it, or that has been lifted before.");

    /// <summary>A mail cannot be sent once more, and the detail says why.</summary>
    public static ProblemType MailNotResendable { get; } = New(
        "mail-not-resendable", 409, "This mail cannot be sent again", "It is still on its way, or what called for it is no longer known.");

    public static ProblemType TooManyPhotos { get; } = New(
        "too-many-photos", 409, "Enough photos", "A listing has as many photos as it may have. Remove one to add another.");

    /// <summary>The same request is being answered at this moment; Retry-After says when to ask for that answer.</summary>
    public static ProblemType RequestInFlight { get; } = New(
        "request-in-flight", 409, "This request is being answered", "The same request is being worked on at this moment. Ask again in a second.");

    public static ProblemType PreconditionFailed { get; } = New("precondition-failed", 412, "Another version", "This is not the version that you asked for.");

    /// <summary>If-Match named a version that is not the last one any more.</summary>
    public static ProblemType ChangedMeanwhile { get; } = New(
        "changed-meanwhile", 412, "Changed in the meantime", "This listing has changed since you opened it. Nothing of yours is saved yet.");

    public static ProblemType TooLarge { get; } = New("too-large", 413, "Too large", "The body of the request is larger than it may be.");

    public static ProblemType UnsupportedMediaType { get; } = New(
        "unsupported-media-type", 415, "Not in this format", "The body of the request is not in a format that is read here.");

    public static ProblemType IdempotencyKeyReused { get; } = New(
        "idempotency-key-reused", 422, "This Idempotency-Key was used for another request", "Send another key for another request.");

    public static ProblemType PreconditionRequired { get; } = New(
        "precondition-required", 428, "Which version?", "Send the ETag of the version that you have seen in If-Match, so that nobody else's change is lost.");

    public static ProblemType TooManyRequests { get; } = New(
        "too-many-requests", 429, "Too many requests", "That was a lot of requests in a short time. Try again a little later.");

    public static ProblemType Internal { get; } = New("internal", 500, "Something went wrong", "This is our fault, and it has been recorded.");

    /// <summary>The payment gateway said no.</summary>
    public static ProblemType PaymentRefused { get; } = New(
        "payment-refused", 502, "The payment could not be begun", "The payment provider did not accept it. Nothing was paid.");

    public static ProblemType Unavailable { get; } = New(
        "unavailable", 503, "Not available right now", "Travel cannot reach its database. Please try again in a moment.");

    public static ProblemType PaymentAway { get; } = New(
        "payment-away", 503, "Paying is not possible right now", "The payment provider does not answer. Nothing was paid; please try again in a moment.");

    public static ProblemType BrokerAway { get; } = New(
        "broker-away", 503, "The queues cannot be reached", "RabbitMQ does not answer. Nothing has changed; please try again in a moment.");

    public static IReadOnlyList<ProblemType> All => Known;

    /// <summary>The plain one of this status, for an answer that is a status and no more: the first one above. Null where no answer has it.</summary>
    public static ProblemType? OfStatus(int status) => Known.Find(type => type.Status == status);

    private static ProblemType New(string name, int status, string title, string detail)
    {
        var type = new ProblemType(name, status, title, detail);
        Known.Add(type);
        return type;
    }
}
