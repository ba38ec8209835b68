using Microsoft.AspNetCore.Http.HttpResults;

namespace Travel.PaymentSandbox.Faults;

internal static class FaultsRoom
{
    public static void AddFaults(this IServiceCollection services) => services.AddSingleton<FaultBook>();

    /// <summary>Without a reference for all payments, with one for that one. What is put is the whole set: what is not in it is not played.</summary>
    public static void MapFaults(this IEndpointRouteBuilder sandbox)
    {
        sandbox.MapGet("/faults/{txRef?}", FaultSet (string? txRef, FaultBook faults) => faults.For(txRef));
        sandbox.MapPut("/faults/{txRef?}", Set);
        sandbox.MapDelete("/faults/{txRef?}", NoContent (string? txRef, FaultBook faults) =>
        {
            faults.Clear(txRef);
            return TypedResults.NoContent();
        });
    }

    private static Results<Ok<FaultSet>, ValidationProblem> Set(string? txRef, FaultSet played, FaultBook faults)
    {
        if (played.Problems() is { Count: > 0 } problems)
        {
            return TypedResults.ValidationProblem(problems);
        }

        faults.Set(txRef, played);
        return TypedResults.Ok(faults.For(txRef));
    }
}
