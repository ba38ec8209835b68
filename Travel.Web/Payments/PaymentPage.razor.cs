using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts.Bookings;
using Travel.Contracts.Payments;
using Travel.Web.Accounts;
using Travel.Web.Bookings;
using Travel.Web.TravelApi;

namespace Travel.Web.Payments;

/// <summary>
/// How paying stands, and the way to the payment provider's page, from which guests come back here with a <c>tx</c>. Whoever comes back is
/// shown what the provider says then; as long as nobody could ask it, there is no way to pay a second time.
/// </summary>
public sealed partial class PaymentPage
{
    /// <summary>How often the page looks again by itself.</summary>
    private const int MostLooks = 3;

    private BookingResponse? booking;
    private BookingPayment? payment;
    private Uri? checkout;
    private Trouble? trouble;
    private Problem? problem;
    private bool isAnswered;
    private PayForm form = new();

    [Parameter] public Guid Id { get; set; }
    [Inject] private PaymentsClient Payments { get; set; } = default!;
    [Inject] private BookingsClient Bookings { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromQuery(Name = "tx")] private string? Tx { get; set; }
    [SupplyParameterFromQuery(Name = "look")] private string? Look { get; set; }
    [SupplyParameterFromForm(FormName = "pay")] private PayForm? Form { get; set; }

    private string Address => $"/trips/{Id}/payment";

    private bool Posted => HttpMethods.IsPost(Http.Request.Method);

    private int Looks => int.TryParse(Look, NumberStyles.None, CultureInfo.InvariantCulture, out var looks) ? looks : 0;

    /// <summary>Back from the provider's page, or with the wish to have it asked.</summary>
    private bool Asks => !Posted && (!string.IsNullOrEmpty(Tx) || Looks > 0);

    private bool LooksAgain => !string.IsNullOrEmpty(Tx) && Looks < MostLooks && payment is not null && PaymentWords.MayHaveNews(payment);

    private bool MayPay => payment is not null && PaymentWords.MayPay(payment);

    private bool ShowsForm => MayPay || (Form is not null && (payment is null || !isAnswered));

    protected override async Task OnInitializedAsync()
    {
        form = Form ?? form;
        if (form.Key == Guid.Empty)
            form.Key = Guid.CreateVersion7();

        var kind = await ReadAsync();
        if (Posted)
            return; // What becomes of it is the Api's to say.

        if (kind == ReplyKind.SignInNeeded)
            await SessionEnded.SignInAgainAsync(Http, Navigation, Http.Request.Path + Http.Request.QueryString);
        else if (kind is ReplyKind.NotFound or ReplyKind.Refused)
            Navigation.NotFound(); // A host's guests pay, and how is not the host's business.
    }

    /// <summary>The payment before the booking, which the answer may have moved.</summary>
    private async Task<ReplyKind> ReadAsync()
    {
        var asked = Asks ? await Payments.CheckAsync(Id, Tx, Http.RequestAborted) : null;
        var paying = asked is { IsOk: true } ? asked : await Payments.GetAsync(Id, Http.RequestAborted);
        var found = paying.IsOk ? await Bookings.GetAsync(Id, Http.RequestAborted) : null;
        booking = found?.Value;
        trouble = paying.Trouble ?? found?.Trouble;
        // Whoever comes back and cannot be told how it stands is not asked to pay.
        payment = asked?.Trouble is not null && paying.Value is ({ Due: not null } or { Status: PaymentStatus.Pending })
            ? paying.Value! with { Status = PaymentStatus.Unknown, Due = null }
            : paying.Value;
        return found?.Kind ?? paying.Kind;
    }

    private async Task PayAsync()
    {
        var reply = await Payments.PayAsync(Id, form.Key.ToString());
        isAnswered = true;
        switch (reply.Kind)
        {
            case ReplyKind.Ok when IsPage(reply.Value!.CheckoutUrl):
                checkout = reply.Value.CheckoutUrl;
                break;
            case ReplyKind.SignInNeeded:
                await SessionEnded.SignInAgainAsync(Http, Navigation, Address);
                break;
            case ReplyKind.NotFound:
                Navigation.NotFound();
                break;
            case ReplyKind.Refused when reply.Problem is { IsPaidPerhaps: true }:
                Navigation.NavigateTo(Address);
                break;
            case ReplyKind.Refused when reply.Problem is not { IsInFlight: true }:
                form.Key = Guid.CreateVersion7(); // Decided: the next try is another one.
                await ReadAsync();
                problem = reply.Problem;
                break;
            default:
                await ReadAsync();
                trouble = reply.Kind == ReplyKind.TooMany ? reply.Trouble : NotYet;
                break;
        }
    }

    private static Trouble NotYet => new(
        StatusCodes.Status503ServiceUnavailable, "The payment page is not there yet",
        "Nothing is paid: that happens only on the payment page itself. Press “Try again” in a moment; you will never pay twice.");

    private static bool IsPage(Uri address) => address.IsAbsoluteUri && address.Scheme is "http" or "https";

    private string AddressOf(int looks)
    {
        var query = new Dictionary<string, string?>(StringComparer.Ordinal) { ["look"] = looks.ToString(CultureInfo.InvariantCulture) };
        if (!string.IsNullOrEmpty(Tx))
            query["tx"] = Tx;
        return QueryHelpers.AddQueryString(Address, query);
    }

    private sealed class PayForm
    {
        public Guid Key { get; set; }
    }
}
