using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging.Abstractions;
using Travel.Web.Errands;
using Travel.Web.TravelApi;

namespace Travel.Tests.Web;

public sealed class DownloadErrandFileTests
{
    private const string Page = "/operations/errands";

    [Theory]
    [InlineData(null, Page + "?unavailable=true")]
    [InlineData(HttpStatusCode.ServiceUnavailable, Page + "?unavailable=true")]
    [InlineData(HttpStatusCode.NotFound, Page)]
    [InlineData(HttpStatusCode.Forbidden, Page)]
    public async Task Without_a_file_it_leads_to_the_page_which_says_so_where_the_Api_is_away(HttpStatusCode? answer, string address)
    {
        using var http = new HttpClient(new Api(answer)) { BaseAddress = new Uri("http://api/api/v1/") };
        var errands = new ErrandsClient(new ApiCall(http, TimeProvider.System, NullLogger<ApiCall>.Instance));

        var result = await DownloadErrandFile.HandleAsync(new DefaultHttpContext(), errands, Guid.NewGuid(), CancellationToken.None);

        result.ShouldBeOfType<RedirectHttpResult>().Url.ShouldBe(address);
    }

    /// <param name="answer">Null when there is none.</param>
    private sealed class Api(HttpStatusCode? answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer is { } status ? Task.FromResult(new HttpResponseMessage(status)) : throw new HttpRequestException("Nobody is there.");
    }
}
