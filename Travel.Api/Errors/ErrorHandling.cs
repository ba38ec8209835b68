using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Travel.Domain.Availability;

namespace Travel.Api.Errors;

/// <summary>The one place where exceptions and bare status codes become problem details.</summary>
internal static class ErrorHandling
{
    public static void AddProblems(this IServiceCollection services)
    {
        // The first writer that can is asked, and ours always can.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ExceptionToProblem>();

        // A body that cannot be read is a 400 with its reason, in every environment.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }

    private sealed class ExceptionToProblem(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            var problem = ProblemOf(exception);
            context.Response.StatusCode = problem.Status!.Value;
            if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            {
                context.Response.Headers.RetryAfter = "5";
            }

            return await problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
        }

        private static ProblemDetails ProblemOf(Exception exception) => exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad => UnreadableRequest.ProblemOf(bad),
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Type = Problems.TypeOf(bad.StatusCode), Detail = bad.Message },
            // The nets under the locks: what a turn could not settle by being taken again.
            DbUpdateException update when Occupancy.IsOverlap(update) => Problems.Details(
                StatusCodes.Status409Conflict, "dates-unavailable", "These dates are taken", "Somebody else has some of these nights."),
            _ when IsThereAlready(exception) => Problems.Details(
                StatusCodes.Status409Conflict, "already-there", "It is there already", "Something that there can be only one of was saved at the same moment. Please look at it again."),
            DbUpdateConcurrencyException => Problems.Details(
                StatusCodes.Status409Conflict, "changed-meanwhile", "Changed in the meantime", "Somebody else changed this at the same moment. Please look at it again."),
            _ when IsDatabaseAway(exception) => Problems.Details(
                StatusCodes.Status503ServiceUnavailable, "unavailable", "Not available right now", "Travel cannot reach its database. Please try again in a moment."),
            _ => Problems.Details(
                StatusCodes.Status500InternalServerError, "internal", "Something went wrong", "This is our fault, and it has been recorded."),
        };

        private static bool IsThereAlready(Exception exception) =>
            (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.UniqueViolation;

        private static bool IsDatabaseAway(Exception exception) =>
            exception is NpgsqlException { IsTransient: true } || (exception.InnerException is { } inner && IsDatabaseAway(inner));
    }
}
