using Travel.Contracts;

namespace Travel.Tests.Contracts;

public sealed class ProblemTypesTests
{
    [Fact]
    public void Every_type_of_problem_has_an_address_of_its_own() => ProblemTypes.All.Select(type => type.Uri).ShouldBeUnique();

    [Theory]
    [InlineData(400, "invalid")]
    [InlineData(401, "unauthorized")]
    [InlineData(403, "forbidden")]
    [InlineData(404, "not-found")]
    [InlineData(409, "conflict")]
    [InlineData(412, "precondition-failed")]
    [InlineData(503, "unavailable")]
    [InlineData(418, null)]
    public void An_answer_that_is_a_status_and_no_more_is_of_the_plain_type(int status, string? name) => (ProblemTypes.OfStatus(status)?.Name).ShouldBe(name);
}
