using Microsoft.AspNetCore.WebUtilities;
using Travel.Contracts;
using Travel.Contracts.Schedules;
using Travel.Web.TravelApi;

namespace Travel.Web.Schedules;

internal sealed class JobsClient(ApiCall api)
{
    public Task<Reply<Page<JobResponse>>> ListAsync(CancellationToken cancellationToken) =>
        api.SendAsync<Page<JobResponse>>(ApiCall.Get("operations/jobs"), cancellationToken);

    /// <param name="job">Which one.</param>
    /// <param name="cursor">Of the page to come after; null for the first.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<Reply<Page<JobRunResponse>>> RunsAsync(string job, string? cursor, CancellationToken cancellationToken)
    {
        var runs = Address(job) + "/runs";
        return api.SendAsync<Page<JobRunResponse>>(ApiCall.Get(string.IsNullOrEmpty(cursor) ? runs : QueryHelpers.AddQueryString(runs, "cursor", cursor)), cancellationToken);
    }

    public Task<Reply<JobResponse>> RunAsync(string job, CancellationToken cancellationToken) =>
        api.SendAsync<JobResponse>(new HttpRequestMessage(HttpMethod.Post, Address(job) + "/run"), cancellationToken);

    public Task<Reply<JobResponse>> PauseAsync(string job, bool paused, CancellationToken cancellationToken) =>
        api.SendAsync<JobResponse>(ApiCall.Put(Address(job) + "/pause", new PauseJobRequest(paused)), cancellationToken);

    private static string Address(string job) => "operations/jobs/" + Uri.EscapeDataString(job);
}
