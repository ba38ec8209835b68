using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Travel.Api.Accounts;
using Travel.Api.Errors;
using Travel.Api.Idempotency;
using Travel.Api.Listings;
using Travel.Api.Operations;
using Travel.Api.Paging;
using Travel.Api.Search;
using Travel.Contracts;
using Travel.Contracts.Accounts;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Operations;
using Travel.Domain.Accounts;
using Travel.Domain.Bookings;
using Travel.Domain.Caching;
using Travel.Domain.Idempotency;
using Travel.Domain.Listings;
using Travel.Domain.Messaging;

namespace Travel.Api.Documentation;

/// <summary>What parameters mean. A name means the same wherever it is used; where it does not, the handler's parameter has a description of its own.</summary>
internal static class Parameters
{
    private const string IfMatch = "If-Match";
    private const string IfNoneMatch = "If-None-Match";
    private const string OperatorListings = "/operations/listings";

    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["q"] = $"Words of the title, the description or the place, all of them, in any order; the beginning of a word is enough, accents and typing errors are forgiven. "
            + $"At most {SearchParameters.LongestText} characters.",
        ["place"] = $"City, region or country, or several of them as in `Bahir Dar, Ethiopia`. The beginning of a word of a name finds all places that have it, a misspelt name those "
            + $"called much like it. At most {SearchParameters.LongestText} characters.",
        ["type"] = "Type of stay.",
        ["minPrice"] = "All-in price of the stay with dates, else of a night: at least, as an amount like `1250.00` in `currency`. Prices in other currencies are converted.",
        ["maxPrice"] = "The same: at most.",
        ["currency"] = "What minPrice and maxPrice are in, and the range of prices in the facets.",
        ["amenities"] = "What the place has, all of it; separated by commas.",
        ["minRating"] = "At least so well rated, 1 to 5 with at most two decimals.",
        ["bedrooms"] = $"At least so many, 0 to {SearchParameters.MostBedrooms}.",
        ["bbox"] = "`west,south,east,north` in degrees, WGS 84. A west that is greater than the east lies across the date line.",
        ["sort"] = "Order. `price` and `-price` are by the all-in price with dates, else by that of a night; `distance` is from the middle of bbox, else of the place, and needs "
            + "one of them; `relevance` needs q. Without it by relevance with q, else the newest first.",
        ["facets"] = "Whether to count what other choices would find.",
        ["checkIn"] = "First night, as a date at the listing; not in the past.",
        ["checkOut"] = $"Day of departure, which is not a night of the stay; after checkIn, and at most {StayRequest.YearsAhead} years ahead.",
        ["guests"] = $"How many people, 1 to {ListingRules.MostGuests}.",
        ["limit"] = $"Most items of a page, 1 to {Cursors.MostItems}.",
        ["cursor"] = "`next` of the page before; without it the first page.",
        ["as"] = "Those one has booked as guest, or those of one's own places as host.",
        ["role"] = "Only those who are this.",
        ["status"] = "Only those in one of these states; separated by commas.",
        ["suspended"] = "Only those that an operator has suspended, or only those that none has.",
        ["txRef"] = "Of the payment that the guest comes back from; without it the last one.",
        ["trx_ref"] = "`txRef` of the payment; the provider calls it so here.",
        ["token"] = "Of the link that the host has made.",
        ["reference"] = "What the booking is called, such as 7KDM4QXR.",
        ["idOrSlug"] = "Id or slug of the listing.",
        ["blockId"] = "Id of the block.",
        ["importId"] = "Id of the import.",
        ["photoId"] = "Id of the photo.",
        ["name"] = "Name of the job, as in the list.",
        ["queue"] = "Only those of this queue.",
        ["state"] = "Only those in this state.",
        ["hours"] = "How far to look back.",
        ["tag"] = "What has changed: `everything`, `listings`, `nights`, `slugs`, or `listing:`, `nights:` or `reviews:` with the id of a listing, without hyphens.",
        [IdempotencyKeys.Header] =
            $"1 to {IdempotentRequest.LongestKey} characters that the caller makes up for each request, such as a UUID. The same request with the same key has its effect "
            + $"once and gets the same answer, for {IdempotentRequest.KeptFor.TotalHours} hours.",
        [IfMatch] = "ETag of the version that one has seen; `*` for whatever there is.",
        [IfNoneMatch] = "ETag of the version that one has; 304 when it is the one there is.",
    };

    private static readonly (string Path, string Meaning)[] Ids =
    [
        ("/listings/{id}", "Id of the listing."), ("/bookings/{id}", "Id of the booking."),
        ("/sessions/{id}", "Id of the session."), ("/photos/{id}", "Id of the photo."), ("/payments/{id}", "Id of the payment."), ("/refunds/{id}", "Id of the refund."),
        ("/mails/{id}", "Id of the mail."), ("/suppressions/{id}", "Id of the entry."), ("/errands/{id}", "Id of the errand."),
        ("/dead-letters/{id}", "Id of the dead letter, as in the list."), ("/outbox/{id}", "Id of the message."),
    ];

    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        operation.Parameters ??= [];
        var problems = context.Description.ActionDescriptor.EndpointMetadata.OfType<PossibleProblems>().SelectMany(possible => possible.Types).ToList();
        if (problems.Contains(ProblemTypes.PreconditionRequired))
        {
            operation.Parameters.Add(HeaderOf(IfMatch, required: true));
        }

        if (operation.Responses!.ContainsKey("304"))
        {
            operation.Parameters.Add(HeaderOf(IfNoneMatch, required: false));
        }

        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            if (parameter.In == ParameterLocation.Query)
            {
                // Of [AsParameters] the generator takes the properties' names as they are.
                parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
            }

            parameter.Description ??= parameter.Name == "id"
                ? Ids.First(known => context.Description.RelativePath!.Replace(":guid", "", StringComparison.Ordinal).Contains(known.Path[1..], StringComparison.Ordinal)).Meaning
                : Meanings[parameter.Name!];
            Bound(parameter, context.Description.RelativePath!);
        }
    }

    private static OpenApiParameter HeaderOf(string name, bool required) =>
        new() { Name = name, In = ParameterLocation.Header, Required = required, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    /// <summary>What a type of C# does not say.</summary>
    private static void Bound(OpenApiParameter parameter, string path)
    {
        var schema = (OpenApiSchema)parameter.Schema!;
        switch (parameter.Name)
        {
            case IdempotencyKeys.Header:
                parameter.Required = true;
                (schema.MinLength, schema.MaxLength) = (1, IdempotentRequest.LongestKey);
                break;
            case "q" when path.EndsWith("/users", StringComparison.Ordinal):
                (schema.MinLength, schema.MaxLength) = (1, EmailAddresses.Longest);
                break;
            case "q" when path.EndsWith(OperatorListings, StringComparison.Ordinal):
                (schema.MinLength, schema.MaxLength) = (1, ListingFilter.LongestText);
                break;
            case "q" when path.EndsWith("/places", StringComparison.Ordinal):
                (schema.MinLength, schema.MaxLength) = (1, SearchParameters.LongestText);
                break;
            case "q" or "place":
                schema.MaxLength = SearchParameters.LongestText;
                break;
            case "currency":
                (schema.Enum, schema.Default) = ([.. Currencies.All.Select(currency => (JsonNode)currency)], Currencies.EthiopianBirr);
                break;
            case "sort":
                schema.Enum = [.. SearchParameters.Sorts.Keys.Select(sort => (JsonNode)sort)];
                break;
            case "bedrooms":
                (schema.Minimum, schema.Maximum) = ("0", $"{SearchParameters.MostBedrooms}");
                break;
            case "facets":
                schema.Default = false;
                break;
            case "amenities":
                var known = Amenities.All.Order(StringComparer.Ordinal).Select(amenity => (JsonNode)amenity).ToList();
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = known } };
                (parameter.Style, parameter.Explode) = (ParameterStyle.Form, false);
                break;
            case "role":
                schema.Enum = NamesOf<AccountRole>();
                break;
            case "type":
                schema.Enum = NamesOf<ListingType>();
                break;
            case "guests":
                (schema.Minimum, schema.Maximum) = ("1", $"{ListingRules.MostGuests}");
                break;
            case "limit":
                (schema.Minimum, schema.Maximum, schema.Default) = ("1", $"{Cursors.MostItems}", Cursors.UsualItems);
                break;
            case "as":
                (schema.Enum, schema.Default) = ([(JsonNode)"guest", (JsonNode)"host"], "guest");
                break;
            case "queue":
                schema.Enum = [.. Topology.QueueNames.Select(queue => (JsonNode)queue)];
                break;
            case "state":
                (schema.Enum, schema.Default) = (NamesOf<DeadLetterState>(), DeadLetterReads.States[0]);
                break;
            case "hours" when path.Contains("/cache/", StringComparison.Ordinal):
                (schema.Minimum, schema.Maximum, schema.Default) = ("1", $"{CacheMinutes.Hours}", QueueEndpoints.UsualHours);
                break;
            case "hours":
                (schema.Minimum, schema.Maximum, schema.Default) = ("1", $"{QueueEndpoints.MostHours}", QueueEndpoints.UsualHours);
                break;
            case "status":
                var names = path.EndsWith("/mails", StringComparison.Ordinal) ? NamesOf<MailStatus>()
                    : path.EndsWith(OperatorListings, StringComparison.Ordinal) ? NamesOf<ListingStatus>()
                    : NamesOf<BookingStatus>();
                parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = names } };
                (parameter.Style, parameter.Explode) = (ParameterStyle.Form, false);
                break;
        }
    }

    private static List<JsonNode> NamesOf<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetValues<TEnum>().Select(value => JsonSerializer.SerializeToNode(value, TravelJson.Options)!)];
}
