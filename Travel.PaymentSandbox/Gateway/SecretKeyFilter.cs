using Microsoft.Extensions.Options;

namespace Travel.PaymentSandbox.Gateway;

/// <summary>Lets in who gives the secret key, and says what Chapa says to everybody else.</summary>
internal sealed class SecretKeyFilter(IOptions<SandboxOptions> options) : IEndpointFilter
{
    private const string Scheme = "Bearer ";
    private const string LiveKeys = "CHASECK-";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || authorization.Length == Scheme.Length)
        {
            return Refused("Authorization required");
        }

        var key = authorization[Scheme.Length..];
        if (key == options.Value.SecretKey)
        {
            return await next(context);
        }

        return Refused(key.StartsWith(LiveKeys, StringComparison.Ordinal) && request.Path.StartsWithSegments("/v1/transaction/verify", StringComparison.Ordinal)
            ? "Live secret keys can't be used to verify a test transaction"
            : "Invalid API Key or User doesn't exist");
    }

    private static object Refused(string message) => Envelope.Failed(StatusCodes.Status401Unauthorized, message);
}
