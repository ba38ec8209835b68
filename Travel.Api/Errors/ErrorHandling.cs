using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using RabbitMQ.Client.Exceptions;
using Travel.Contracts;
using Travel.Domain.Availability;
using Travel.Domain.Messaging;

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
        // Handled is not harmless: the framework would log nothing that a handler has answered. What the caller did wrong they are told.
        services.Configure<ExceptionHandlerOptions>(options => options.SuppressDiagnosticsCallback = handled => handled.Exception is BadHttpRequestException);

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
            BadHttpRequestException bad => new ProblemDetails { Status = bad.StatusCode, Detail = bad.Message },
            // The nets under the locks: what a turn could not settle by being taken again.
            DbUpdateException update when Occupancy.IsOverlap(update) => Problems.Details(ProblemTypes.DatesUnavailable),
            DbUpdateConcurrencyException => Problems.Details(ProblemTypes.Conflict),
            _ when IsThereAlready(exception) => Problems.Details(ProblemTypes.Conflict),
            _ when IsDatabaseAway(exception) => Problems.Details(ProblemTypes.Unavailable),
            // Only operators' requests wait for the broker.
            BrokerUnreachableException or OperationInterruptedException or PublishException or BrokerSilentException => Problems.Details(ProblemTypes.BrokerAway),
            _ => Problems.Details(ProblemTypes.Internal),
        };

        private static bool IsThereAlready(Exception exception) =>
            (exception as PostgresException ?? exception.InnerException as PostgresException)?.SqlState == PostgresErrorCodes.UniqueViolation;

        private static bool IsDatabaseAway(Exception exception) =>
            exception is NpgsqlException { IsTransient: true } || (exception.InnerException is { } inner && IsDatabaseAway(inner));
    }
}
