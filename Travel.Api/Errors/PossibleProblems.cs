using Travel.Contracts;

namespace Travel.Api.Errors;

/// <summary>
/// What an endpoint may refuse with, beside what follows from its having a body, needing a role or being limited: those the OpenAPI
/// document finds out by itself.
/// </summary>
internal sealed record PossibleProblems(IReadOnlyList<ProblemType> Types);

internal static class PossibleProblemsExtensions
{
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params ProblemType[] types)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new PossibleProblems(types));
}
