using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Travel.Api.Documentation;

/// <summary>Which operations need an access token, and whose: the endpoint's own authorization says so.</summary>
internal static class SignInNeeds
{
    private const string Scheme = "bearer";

    public static bool NeedsSignIn(this ApiDescription endpoint) =>
        endpoint.ActionDescriptor.EndpointMetadata is var metadata && metadata.OfType<IAuthorizeData>().Any() && !metadata.OfType<IAllowAnonymous>().Any();

    /// <summary>Any of these; none: whoever is signed in.</summary>
    public static IReadOnlyList<string> RolesNeeded(this ApiDescription endpoint) =>
    [
        .. endpoint.ActionDescriptor.EndpointMetadata.OfType<AuthorizationPolicy>()
            .SelectMany(policy => policy.Requirements).OfType<RolesAuthorizationRequirement>().SelectMany(requirement => requirement.AllowedRoles),
    ];

    public static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.NeedsSignIn())
        {
            operation.Security =
                [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [.. context.Description.RolesNeeded()] }];
        }
    }

    public static void Describe(OpenApiComponents components) =>
        components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The `accessToken` of a session, good for some minutes; where a requirement names roles, its owner needs one of them.",
            },
        };
}
