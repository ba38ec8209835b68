using Microsoft.Extensions.Diagnostics.HealthChecks;
using Travel.Contracts;

namespace Travel.AppHost;

/// <summary>Buttons on a resource whose work the Worker does.</summary>
internal static class WorkerCommands
{
    /// <param name="builder">The resource that gets the button.</param>
    /// <param name="worker">Who does the work.</param>
    /// <param name="key">The secret by which the Worker knows the AppHost.</param>
    /// <param name="name">One of <see cref="DevelopmentCommands"/>.</param>
    /// <param name="displayName">What the button says.</param>
    /// <param name="options">How it looks. It can be pressed while the resource is healthy.</param>
    public static IResourceBuilder<T> WithWorkerCommand<T>(
        this IResourceBuilder<T> builder,
        IResourceBuilder<ProjectResource> worker,
        IResourceBuilder<ParameterResource> key,
        string name,
        string displayName,
        CommandOptions options)
        where T : IResource
    {
        options.UpdateState = state => state.ResourceSnapshot.HealthStatus == HealthStatus.Healthy ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
        return builder.WithCommand(
            name,
            displayName,
            async context =>
            {
                using var client = new HttpClient();
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(worker.GetEndpoint("http").Url), DevelopmentCommands.Path + name));
                request.Headers.Add(DevelopmentCommands.KeyHeader, await key.Resource.GetValueAsync(context.CancellationToken));
                using var answer = await client.SendAsync(request, context.CancellationToken);
                return answer.IsSuccessStatusCode
                    ? CommandResults.Success(await answer.Content.ReadAsStringAsync(context.CancellationToken))
                    : CommandResults.Failure($"The worker answered {(int)answer.StatusCode}; its console says why.");
            },
            options);
    }
}
