using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Travel.Api.Errors;
using Travel.Contracts;

namespace Travel.Api.Paging;

internal static class QueryNames
{
    private static readonly string[] Unknown = ["Is not a parameter of this request."];
    private static readonly string[] NoDate = ["Is not a date like 2026-12-24."];

    /// <summary>
    /// Refuses query parameters that the endpoint does not know: a misspelt filter must not silently filter nothing. And dates in any
    /// other form than ISO 8601's: the framework would take 05.01.2027 for the first of May.
    /// </summary>
    public static RouteHandlerBuilder AcceptsQuery(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.Refuses(ProblemTypes.Invalid).AddEndpointFilterFactory((factory, next) =>
        {
            var dates = DatesOf(factory.MethodInfo).ToArray();
            return async context =>
            {
                var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
                foreach (var (name, value) in context.HttpContext.Request.Query)
                {
                    if (!names.Contains(name, StringComparer.Ordinal))
                    {
                        errors[name] = Unknown;
                    }
                    else if (dates.Contains(name, StringComparer.Ordinal)
                        && !DateOnly.TryParseExact(value.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                    {
                        errors[name] = NoDate;
                    }
                }

                return errors.Count > 0 ? Problems.Invalid(errors) : await next(context);
            };
        });

    private static IEnumerable<string> DatesOf(MethodInfo handler) => handler.GetParameters()
        .SelectMany(parameter => parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().Select(property => (property.Name, Type: property.PropertyType))
            : [(Name: parameter.Name!, Type: parameter.ParameterType)])
        .Where(parameter => (Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type) == typeof(DateOnly))
        .Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(parameter.Name));
}
