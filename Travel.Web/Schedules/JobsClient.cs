using Travel.Contracts;
using Travel.Contracts.Schedules;
using Travel.Web.TravelApi;

namespace Travel.Web.Schedules;

internal sealed class JobsClient(ApiCall api)
{
    public Task<Reply<Page<JobResponse>>> ListAsync(CancellationToken cancellationToken) =>
        api.SendAsync<Page<JobResponse>>(ApiCall.Get("operations/jobs"), cancellationToken);

    public Task<Reply<JobResponse>> RunAsync(string job, CancellationToken cancellationToken) =>
        api.SendAsync<JobResponse>(new HttpRequestMessage(HttpMethod.Post, Address(job) + "/run"), cancellationToken);

    public Task<Reply<JobResponse>> PauseAsync(string job, bool paused, CancellationToken cancellationToken) =>
        api.SendAsync<JobResponse>(ApiCall.Put(Address(job) + "/pause", new PauseJobRequest(paused)), cancellationToken);

    private static string Address(string job) => "operations/jobs/" + Uri.EscapeDataString(job);
}
