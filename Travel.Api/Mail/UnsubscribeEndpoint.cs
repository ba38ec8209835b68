using Microsoft.AspNetCore.Http.HttpResults;
using Travel.Api.Errors;
using Travel.Contracts.Operations;
using Travel.Domain.Mail;

namespace Travel.Api.Mail;

internal static class UnsubscribeEndpoint
{
    public static async Task<Results<NoContent, ValidationProblem>> UnsubscribeAsync(
        UnsubscribeRequest request, Unsubscribe unsubscribe, CancellationToken cancellationToken) =>
        await unsubscribe.ExecuteAsync(request.Token, cancellationToken) ? TypedResults.NoContent() : Problems.Invalid("token", "This link is not one of ours.");
}
