using Travel.Contracts.Listings;
using Travel.Domain.Listings;

namespace Travel.Api.Listings.Hosting;

/// <summary>What becomes of a host's wish to change a listing. All but the first are refusals, and have changed nothing.</summary>
internal abstract record ListingOutcome
{
    private ListingOutcome()
    {
    }

    public sealed record Changed(Listing Listing) : ListingOutcome;

    /// <summary>There is none, or none that this host may know of.</summary>
    public sealed record NotThere : ListingOutcome;

    /// <summary>Everybody can see it, and another host owns it.</summary>
    public sealed record NotTheirs : ListingOutcome;

    /// <summary>It has changed since the host has seen it.</summary>
    public sealed record Stale : ListingOutcome;

    public sealed record Invalid(IDictionary<string, string[]> Errors) : ListingOutcome;

    public sealed record Incomplete(IDictionary<string, string[]> Missing) : ListingOutcome;

    /// <summary>An operator does not let guests see it.</summary>
    public sealed record Suspended(string Reason) : ListingOutcome;

    public sealed record TooManyPhotos(int Most) : ListingOutcome;

    public sealed record NoSuchPhoto : ListingOutcome;

    public sealed record PhotoAdded(ListingPhoto Photo) : ListingOutcome
    {
        /// <summary>
        /// Answered with what was added under the same key before: by an earlier request, or by this one, when only the word that it was
        /// saved got lost and it was run again.
        /// </summary>
        public bool IsRepetition { get; init; }
    }

    public sealed record InFlight : ListingOutcome;

    public sealed record KeyUsedForAnotherRequest : ListingOutcome;
}
