using Travel.Api.Accounts;
using Travel.Api.Caching;
using Travel.Api.Errors;
using Travel.Api.Limits;
using Travel.Api.Security;
using Travel.Api.Visitors;
using Travel.ServiceDefaults;

namespace Travel.Api;

/// <summary>What a request passes on its way to its endpoint, in this order, and the answer on its way back.</summary>
/// <remarks>
/// <list type="number">
/// <item>What a proxy of ours says of the caller, the span and the health endpoints: the time that all else takes is part of the span.</item>
/// <item>Security headers: whatever answers from here on, also an error, carries them.</item>
/// <item>Problems: an exception, or a bare status from further in, becomes problem details.</item>
/// <item>The visitor's address as Web says it: what counts visitors must know who they are, and not who brought them.</item>
/// <item>Routing: all that follows asks the endpoint what it wants (no limits, a larger body, a role).</item>
/// <item>CORS: before whatever may refuse, so that a page of another origin can read the refusal; it answers preflights, which carry no token.</item>
/// <item>The limit of reads, by address: before any work is done for somebody, and for strangers too.</item>
/// <item>Answers that are kept, to strangers: it counts as a read, and who they are does not matter.</item>
/// <item>Authentication: who it is.</item>
/// <item>Whether their session still lives: who has signed out elsewhere is nobody from here on.</item>
/// <item>The limit of writes, by user: that has to be known, or people behind one address would share a budget.</item>
/// <item>Authorization: last, so that guessing at what is forbidden counts as well.</item>
/// </list>
/// </remarks>
internal static class Pipeline
{
    public static void AddPipeline(this IServiceCollection services)
    {
        services.AddProblems();
        services.AddVisitors();
        services.AddCrossOrigin();
        services.AddLimits();
        services.AddPublicAnswers();
    }

    public static void UsePipeline(this WebApplication app)
    {
        app.UseServiceDefaults();
        app.UseSecurityHeaders();
        app.UseProblems();
        app.UseVisitors();
        app.UseRouting();
        app.UseCors();
        app.UseRateLimiter();
        app.UseOutputCache();
        app.UseAuthentication();
        app.UseLiveSessions();
        app.UseMiddleware<WriteLimit>();
        app.UseAuthorization();
    }
}
