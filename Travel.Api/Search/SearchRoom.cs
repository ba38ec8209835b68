using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Travel.Api.Caching;
using Travel.Api.Documentation;
using Travel.Api.Errors;
using Travel.Api.Paging;
using Travel.Contracts;
using Travel.Contracts.Search;
using Travel.Domain.Caching;

namespace Travel.Api.Search;

/// <summary>How guests find stays.</summary>
internal static class SearchRoom
{
    public static void AddSearch(this IServiceCollection services)
    {
        services.AddOptions<SearchOptions>().BindConfiguration(SearchOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new PriceScale(provider.GetRequiredService<IOptions<SearchOptions>>().Value));
        services.AddSingleton<CachedFacets>();
        services.AddSingleton<SearchPages>();
        services.AddScoped<FindPlaces>();
    }

    public static void MapSearch(this IEndpointRouteBuilder api)
    {
        api.MapGet("/listings", FindListingsAsync).WithName("FindListings").WithTags("Listings").WithSummary("Find stays")
            .AcceptsQuery(
                "q", "place", "checkIn", "checkOut", "guests", "minPrice", "maxPrice", "currency", "amenities", "type", "minRating", "bedrooms", "bbox", "sort",
                "facets", "limit", "cursor")
            .Produces<ListingsFound>()
            .KeepsAnswers(CacheRegions.ListPages, static context => CacheTags.OfLists(withDates: context.Request.Query.ContainsKey("checkIn")))
            .SendsContentETag();
        api.MapGet("/places", FindPlacesAsync).WithName("FindPlaces").WithTags("Listings").WithSummary("Places whose names somebody has begun to write")
            .AcceptsQuery("q")
            .KeepsAnswers(CacheRegions.PlacePages, static _ => CacheTags.OfLists(withDates: false))
            .SendsContentETag();
    }

    private static async Task<Results<JsonBytes, ValidationProblem>> FindListingsAsync(
        [AsParameters] SearchParameters parameters, SearchPages pages, Cursors cursors, PriceScale scale, TimeProvider clock, CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var search = parameters.Read(clock.GetUtcNow(), errors);
        var limit = Cursors.LimitOf(parameters.Limit, errors);
        var after = parameters.Cursor is { } cursor ? SearchCursor.Read(cursors, search, scale, cursor) : null;
        // Of a question with mistakes in it, nobody has a cursor; that they are mended comes first.
        if (errors.Count == 0 && parameters.Cursor is not null && after is null)
        {
            errors["cursor"] = [Cursors.NotOfThisList];
        }

        return errors.Count > 0 ? Problems.Invalid(errors) : await pages.ReadAsync(search, after, limit, parameters.Facets == true, cancellationToken);
    }

    private static async Task<Results<Ok<Page<PlaceFound>>, ValidationProblem>> FindPlacesAsync(
        [Description("The beginning of the name of a city, a region or a country; accents and typing errors are forgiven.")] string q,
        FindPlaces find,
        CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var text = SearchParameters.TextOf("q", q, errors);
        if (text is null)
        {
            errors.TryAdd("q", [$"Between 1 and {SearchParameters.LongestText} characters."]);
        }

        return errors.Count > 0 ? Problems.Invalid(errors) : TypedResults.Ok(await find.ExecuteAsync(text!, cancellationToken));
    }
}
