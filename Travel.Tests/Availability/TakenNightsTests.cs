using System.Globalization;
using System.Net;
using Travel.Contracts.Availability;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Availability;

[Collection(TravelGraph.Collection)]
public sealed class TakenNightsTests(TravelGraph graph)
{
    [Fact]
    public async Task Taken_nights_are_shown_put_together_and_cut_to_what_was_asked_for()
    {
        using var place = await HostedPlace.AtAsync(graph);
        using var nobody = graph.Anonymous();
        await place.BlockedAsync(HostedPlace.Nights(20, 22));
        await place.BlockedAsync(HostedPlace.Nights(22, 30));
        await place.BlockedAsync(HostedPlace.Nights(40, 41));
        var asked = HostedPlace.Nights(21, 35);

        var answer = await nobody.GetStringAsync($"{place.Path}/availability?from={Iso(asked.From)}&to={Iso(asked.To)}");

        answer.ShouldBe($$"""{"unavailable":[{"from":"{{Iso(asked.From)}}","to":"{{Iso(HostedPlace.Nights(0, 30).To)}}"}]}""");
        await place.ShouldHaveTakenAsync(HostedPlace.Nights(20, 30), HostedPlace.Nights(40, 41));
    }

    [Theory]
    [InlineData("from=2020-01-01", "from")]
    [InlineData("from=01.02.2027", "from")]
    [InlineData("from=2027-02-01&to=2027-02-01", "to")]
    [InlineData("to=2035-01-01", "to")]
    [InlineData("until=2027-01-01", "until")]
    public async Task Dates_that_make_no_sense_are_refused_by_field(string query, string field)
    {
        using var nobody = graph.Anonymous();

        using var refused = await nobody.GetAsync($"/api/v1/listings/{Guid.NewGuid()}/availability?{query}");

        await refused.ShouldBeInvalidAsync(field);
    }

    [Fact]
    public async Task A_place_that_is_not_there_has_no_calendar()
    {
        using var nobody = graph.Anonymous();

        using var missing = await nobody.GetAsync($"/api/v1/listings/{Guid.NewGuid()}/availability");

        await missing.ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
