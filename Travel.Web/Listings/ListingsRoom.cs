using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Web.Listings.Hosting;
using Travel.Web.Search;

namespace Travel.Web.Listings;

internal static class ListingsRoom
{
    public static void AddListings(this IServiceCollection services)
    {
        services.AddTransient<ListingsClient>();
        services.AddTransient<HostingClient>();
    }

    public static void MapListings(this IEndpointRouteBuilder site)
    {
        site.MapGet("/photos/{id:guid}", SitePhotos.ShowAsync);
        // The list below the field where one writes a place: js/place-list.js asks for it at every letter.
        site.MapGet("/places", (string? q) => new RazorComponentResult<PlaceOptions>(new { Text = q ?? "" }));
        // What the listing's page shows of its price, alone: js/stay-quote.js asks for it when dates or guests change.
        site.MapGet("/stays/{id:guid}/quote", (Guid id, string? checkIn, string? checkOut, string? guests) =>
            new RazorComponentResult<StayQuote>(new { ListingId = id, Search = new StaySearch(Where: null, checkIn, checkOut, guests) }));
    }
}
