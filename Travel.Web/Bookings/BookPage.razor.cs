using Microsoft.AspNetCore.Components;
using Travel.Contracts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Web.Accounts;
using Travel.Web.Listings;
using Travel.Web.Search;
using Travel.Web.TravelApi;

namespace Travel.Web.Bookings;

/// <summary>
/// Shows the price and books. Whatever happens, the visitor keeps what they wrote and learns what is known; as long as the fate of
/// a booking is not known, the form keeps its key, so that sending it again asks about the same booking.
/// </summary>
public sealed partial class BookPage
{
    private StaySearch search = new();
    private ListingDetails? listing;
    private Quote? quote;
    private Trouble? trouble;
    private Problem? problem;
    private bool fateUnknown;
    private BookForm form = new();

    [Parameter] public string IdOrSlug { get; set; } = default!;
    [Inject] private ListingsClient Listings { get; set; } = default!;
    [Inject] private BookingsClient Bookings { get; set; } = default!;
    [Inject] private TimeProvider Time { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;
    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromQuery] private string? CheckIn { get; set; }
    [SupplyParameterFromQuery] private string? CheckOut { get; set; }
    [SupplyParameterFromQuery] private string? Guests { get; set; }
    [SupplyParameterFromForm] private BookForm? Form { get; set; }
    [SupplyParameterFromForm(Name = "checkIn")] private string? ChosenCheckIn { get; set; }
    [SupplyParameterFromForm(Name = "checkOut")] private string? ChosenCheckOut { get; set; }
    [SupplyParameterFromForm(Name = "guests")] private string? ChosenGuests { get; set; }

    private string Address => search.StayOn($"/stays/{IdOrSlug}/book");

    private bool Posted => HttpMethods.IsPost(Http.Request.Method);

    /// <summary>The button said "Book"; else the form asked for the price of other dates, or nothing was sent.</summary>
    private bool Books => Posted && !form.ChoosesDates;

    private bool MayBook => problem is null
        ? quote is not null || Books
        : quote is not null && !IsAboutDates && (problem.ErrorsOf("note").Count > 0 || problem.IsPriceChanged);

    /// <summary>The form asks for dates: there were none, they will not do, or their price could not be had.</summary>
    private bool ChoosesDates =>
        IsAboutDates || (!Books && quote is null && problem is null && (trouble is null || form.ChoosesDates));

    private bool IsAboutDates =>
        problem is { IsDatesUnavailable: true } || StaySearch.StayFields.Any(name => problem?.ErrorsOf(name).Count > 0);

    private DateOnly FirstDay => listing is null ? PlaceTime.EarliestToday(Time) : PlaceTime.Today(listing.TimeZone, Time);

    private string NoteHints => problem?.ErrorsOf("note").Count > 0 ? "note-hint note-error" : "note-hint";

    protected override async Task OnInitializedAsync()
    {
        form = Form ?? form;
        search = form.ChoosesDates
            ? new StaySearch(Where: null, ChosenCheckIn, ChosenCheckOut, ChosenGuests)
            : new StaySearch(Where: null, CheckIn, CheckOut, Guests);
        if (form.Key == Guid.Empty)
            form.Key = Guid.CreateVersion7();

        var found = await Listings.GetAsync(IdOrSlug, Http.RequestAborted);
        listing = found.Value;
        if (listing is null)
        {
            trouble = found.Trouble;
            if (trouble is null)
                Navigation.NotFound();
            return;
        }

        if (!search.HasDates && !Posted)
            return;

        var quoted = await Listings.QuoteAsync(listing.Id, search, Http.RequestAborted);
        quote = quoted.Value;
        // A form that was sent goes to the Api all the same: if it has been booked already, its nights are taken by itself.
        if (!Books)
            (trouble, problem) = (quoted.Trouble, quoted.Problem);
    }

    private async Task BookAsync()
    {
        if (form.ChoosesDates)
            return; // The price of the chosen dates is on the page by now.

        if (listing is null || !search.TryRead(out var checkIn, out var checkOut, out var guests))
        {
            trouble = (trouble ?? Trouble.Unavailable) with { Sentence = "Your booking has not been sent, and nothing you wrote is lost. Please try again in a moment." };
            return;
        }

        if (!Money.TryParse(form.Amount, form.Currency, out var total))
        {
            problem = new Problem(Type: null, Title: null, StatusCodes.Status400BadRequest, "This form is not complete. Please load the page again.", Errors: null);
            return;
        }

        var note = string.IsNullOrWhiteSpace(form.Note) ? null : form.Note.Trim();
        var reply = await Bookings.BookAsync(
            new BookStayRequest(listing.Id, checkIn, checkOut, guests, note, total), form.Key.ToString(), Http.RequestAborted);
        await TellAsync(reply);
    }

    private async Task TellAsync(Reply<BookingResponse> reply)
    {
        switch (reply.Kind)
        {
            case ReplyKind.Ok:
                Navigation.NavigateTo(reply.Value!.Status == BookingStatus.Held ? $"/trips/{reply.Value.Id}/payment" : $"/trips/{reply.Value.Id}");
                break;
            case ReplyKind.SignInNeeded:
                await SessionEnded.SignInAgainAsync(Http, Navigation, Address);
                break;
            case ReplyKind.TooMany:
                trouble = reply.Trouble! with { Sentence = $"Nothing is booked yet. {reply.Trouble.Sentence}" };
                break;
            case ReplyKind.Unavailable:
                FateUnknown("Our booking system did not answer, so we don’t know yet whether your booking was made.");
                break;
            case ReplyKind.Refused when reply.Problem is { IsInFlight: true }:
                FateUnknown("This booking is already on its way, but its answer is not here yet.");
                break;
            default:
                // Decided: nothing was booked. The next try is another booking and takes another key.
                problem = reply.Problem ?? new Problem(Type: null, Title: null, StatusCodes.Status404NotFound, "This place can no longer be booked.", Errors: null);
                form.Key = Guid.CreateVersion7();
                if (problem.IsPriceChanged)
                    await ShowPriceAsync();
                break;
        }
    }

    /// <summary>The one on the page is from before the booking was sent.</summary>
    private async Task ShowPriceAsync()
    {
        var quoted = await Listings.QuoteAsync(listing!.Id, search, Http.RequestAborted);
        (quote, trouble) = (quoted.Value, quoted.Trouble);
    }

    private void FateUnknown(string known)
    {
        fateUnknown = true;
        trouble = new Trouble(StatusCodes.Status503ServiceUnavailable, "We’re not sure yet",
            known + " Press “Try again”: if it was made, you’ll see it; if not, it’s made now. It will never be made twice.");
    }

    private sealed class BookForm
    {
        public Guid Key { get; set; }
        public string? Note { get; set; }

        /// <summary>Sent by a form that asks for dates instead of booking.</summary>
        public bool ChoosesDates { get; set; }

        /// <summary>The total that was on the page when the button was pressed.</summary>
        public string? Amount { get; set; }
        public string? Currency { get; set; }
    }
}
