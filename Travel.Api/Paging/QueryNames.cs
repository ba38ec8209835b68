using Travel.Api.Errors;

namespace Travel.Api.Paging;

internal static class QueryNames
{
    private static readonly string[] Unknown = ["Is not a parameter of this request."];

    /// <summary>Refuses query parameters that the endpoint does not know: a misspelt filter must not silently filter nothing.</summary>
    public static RouteHandlerBuilder AcceptsQuery(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.AddEndpointFilter(async (context, next) =>
        {
            var unknown = context.HttpContext.Request.Query.Keys
                .Where(name => !names.Contains(name, StringComparer.Ordinal))
                .ToDictionary(name => name, _ => Unknown, StringComparer.Ordinal);
            return unknown.Count > 0 ? Problems.Invalid(unknown) : await next(context);
        });
}
