namespace Travel.ServiceDefaults.Resilience;

/// <summary>
/// For what may be repeated by its method and not by its effect: a token that is used up, a password that is another one by now. The second
/// answer would be a refusal of what the first has done.
/// </summary>
public static class SendOnce
{
    private static readonly HttpRequestOptionsKey<bool> Key = new("travel.send-once");

    public static HttpRequestMessage Once(this HttpRequestMessage request)
    {
        request.Options.Set(Key, true);
        return request;
    }

    internal static bool IsOnce(this HttpRequestMessage request) => request.Options.TryGetValue(Key, out var once) && once;
}
