using System.Text.Json.Serialization;
using Travel.Contracts.Availability;
using Travel.Contracts.Bookings;
using Travel.Contracts.Listings;
using Travel.Contracts.Reviews;
using Travel.Contracts.Search;

namespace Travel.Contracts;

/// <summary>How the answers that are asked for most are written: known when this is compiled, so that no process looks into types before its first answer.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ListingsFound))]
[JsonSerializable(typeof(ListingDetails))]
[JsonSerializable(typeof(AvailabilityResponse))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(Page<ReviewResponse>))]
[JsonSerializable(typeof(Page<PlaceFound>))]
[JsonSerializable(typeof(BookingResponse))]
public sealed partial class ContractsJson : JsonSerializerContext;
