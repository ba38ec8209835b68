using System.Net.Http.Json;
using Travel.Contracts;

namespace Travel.Tests.Fixtures;

internal static class JsonRequests
{
    public static Task<HttpResponseMessage> PostJsonAsync<TBody>(this HttpClient client, string path, TBody body) =>
        client.PostAsJsonAsync(path, body, TravelJson.Options);

    public static Task<HttpResponseMessage> PutJsonAsync<TBody>(this HttpClient client, string path, TBody body) =>
        client.PutAsJsonAsync(path, body, TravelJson.Options);

    public static Task<HttpResponseMessage> DeleteJsonAsync<TBody>(this HttpClient client, string path, TBody body) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Delete, path) { Content = JsonContent.Create(body, options: TravelJson.Options) });

    public static async Task<TBody> ReadAsync<TBody>(this Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<TBody>(TravelJson.Options))!;
    }
}
