using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Travel.AppHost.LocalServices;

internal sealed class LocalRedisResource(string name, string directory, ParameterResource password) : LocalServer(name, directory)
{
    public ParameterResource Password => password;

    public override ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Host}:{Port},password={password}");

    public override IEnumerable<KeyValuePair<string, ReferenceExpression>> GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Password", ReferenceExpression.Create($"{password}")),
        new("Uri", ReferenceExpression.Create($"redis://:{password:uri}@{Host}:{Port}")),
    ];
}

internal static class LocalRedis
{
    public static IResourceBuilder<LocalRedisResource> AddLocalRedis(this IDistributedApplicationBuilder builder, [ResourceName] string name, string data)
    {
        var password = builder.AddPassword(name);
        var server = new LocalRedisResource(name, builder.LocalServicesDirectory(), password.Resource);
        return builder.AddLocalServer(server, "redis.sh", data, scheme: "redis")
            .WithEnvironment("PASSWORD", password)
            .WithIconName("Database")
            .WithHealthCheck(PingAsync);
    }

    /// <summary>Redis's own protocol (redis.io/docs/latest/develop/reference/protocol-spec): two lines each way need no client library.</summary>
    private static async Task PingAsync(LocalRedisResource redis, CancellationToken cancellationToken)
    {
        var password = await redis.Password.GetValueAsync(cancellationToken) ?? "";
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, redis.GetEndpoint(LocalServer.Endpoint).Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{Request("AUTH", password)}{Request("PING")}"), cancellationToken);
        using var answers = new StreamReader(stream);
        foreach (var expected in new[] { "+OK", "+PONG" })
        {
            var answer = await answers.ReadLineAsync(cancellationToken);
            if (answer != expected)
                throw new IOException($"Redis answered '{answer}'.");
        }
    }

    private static string Request(params string[] words) =>
        $"*{words.Length}\r\n{string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"))}";
}
