using System.Globalization;
using Microsoft.AspNetCore.Components;
using Travel.Contracts.Listings;
using Travel.Web.Accounts;
using Travel.Web.TravelApi;

namespace Travel.Web.Listings.Hosting;

public sealed partial class PhotosPage
{
    private HostListing? listing;
    private string? etag;
    private UploadForm upload = new();
    private Trouble? trouble;
    private Problem? problem;

    [Parameter] public Guid Id { get; set; }
    [CascadingParameter] private HttpContext Http { get; set; } = default!;
    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm(FormName = "upload")] private UploadForm? Upload { get; set; }
    [SupplyParameterFromForm(FormName = "arrange")] private OrderForm? Order { get; set; }

    private string Address => $"/hosting/listings/{Id}/photos";

    protected override async Task OnInitializedAsync()
    {
        upload = Upload ?? upload;
        var reply = await Hosting.GetAsync(Id, Http.RequestAborted);
        (listing, etag, trouble, problem) = (reply.Value, reply.ETag, reply.Trouble, reply.Problem);
        if (reply.Kind == ReplyKind.SignInNeeded)
            await SessionEnded.SignInAgainAsync(Http, Navigation, Address);
        else if (reply.Kind == ReplyKind.NotFound)
            Navigation.NotFound();
    }

    /// <summary>What was typed, while the photos are still those it was typed for.</summary>
    private string CaptionOf(ListingPhoto photo, int place) =>
        Order?.Photos?.ElementAtOrDefault(place) is { } typed && typed.Id == photo.Id ? typed.Caption ?? "" : photo.Caption;

    private async Task AddAsync()
    {
        if (upload.File is not { Length: > 0 } file)
        {
            problem = ListingPages.Unreadable(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["file"] = ["Choose a photo first."] });
            return;
        }

        var reply = await Hosting.AddPhotoAsync(Id, file, upload.Caption, upload.Key.ToString(), Http.RequestAborted);
        await TellAsync(reply, "added");
        if (problem is { IsInFlight: false })
            upload.Key = Guid.CreateVersion7(); // Decided: the next try is another photo.
    }

    /// <summary>Whatever button was pressed, the captions as they stand are saved with it.</summary>
    private async Task ArrangeAsync()
    {
        var photos = (Order?.Photos ?? []).ConvertAll(photo => new ArrangedPhoto(photo.Id, photo.Caption?.Trim() ?? ""));
        if (Order?.Action?.Split(' ') is not [var action, var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) || place >= photos.Count)
        {
            problem = ListingPages.Unreadable(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["photos"] = ["Choose what to do with which photo."] });
            return;
        }

        var pressed = photos[place];
        var move = action switch { "earlier" => -1, "later" => 1, _ => 0 };
        if (place + move >= 0 && place + move < photos.Count)
            (photos[place], photos[place + move]) = (photos[place + move], photos[place]);

        var arranged = await Hosting.ArrangePhotosAsync(Id, new PhotoArrangement(photos), Order.ETag, Http.RequestAborted);
        if (arranged.IsOk && action == "remove")
        {
            var removed = await Hosting.RemovePhotoAsync(Id, pressed.Id, Http.RequestAborted);
            // Gone already, perhaps by a first attempt whose answer got lost: what was asked for is so.
            await TellAsync(removed.Kind == ReplyKind.NotFound ? new(ReplyKind.Ok) : removed, "removed");
        }
        else
            await TellAsync(arranged, "saved");
    }

    private async Task TellAsync<T>(Reply<T> reply, string done) where T : class
    {
        if (reply.Kind == ReplyKind.Ok)
            Navigation.NavigateTo($"{Address}?done={done}");
        else if (reply.Kind == ReplyKind.SignInNeeded)
            await SessionEnded.SignInAgainAsync(Http, Navigation, Address);
        else
            (trouble, problem) = (reply.Trouble, reply.Problem);
    }

    private sealed class UploadForm
    {
        public Guid Key { get; set; } = Guid.CreateVersion7();
        public IFormFile? File { get; set; }
        public string? Caption { get; set; }
    }

    private sealed class OrderForm
    {
        public string? ETag { get; set; }

        /// <summary>What the pressed button says: <c>earlier</c>, <c>later</c>, <c>remove</c> or <c>save</c>, and the photo's place.</summary>
        public string? Action { get; set; }
        public List<PhotoForm>? Photos { get; set; }
    }

    private sealed class PhotoForm
    {
        public Guid Id { get; set; }
        public string? Caption { get; set; }
    }
}
