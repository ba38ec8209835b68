using System.Diagnostics.CodeAnalysis;

namespace Travel.Web.TravelApi;

internal enum ReplyKind
{
    Ok,

    /// <summary>Understood and refused; the problem says why.</summary>
    Refused,
    NotFound,
    SignInNeeded,
    TooMany,

    /// <summary>No answer that can be believed. Whether a write took effect is not known.</summary>
    Unavailable,
}

/// <summary>What a call to the Api came to. Every kind is expected to happen; none is an exception.</summary>
/// <param name="RetryAfter">With <see cref="ReplyKind.TooMany"/>: when the Api will listen again.</param>
/// <param name="ETag">Of the version that was read or made, to be sent along with a change of it.</param>
internal sealed record Reply<T>(ReplyKind Kind, T? Value = null, Problem? Problem = null, TimeSpan? RetryAfter = null, string? ETag = null)
    where T : class
{
    /// <summary>With a value, unless the call is one that answers without.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Kind == ReplyKind.Ok;

    /// <summary>What the visitor is told when the reply leaves nothing to show; null when the page has better words itself.</summary>
    public Trouble? Trouble => Kind switch
    {
        ReplyKind.Unavailable => Trouble.Unavailable,
        ReplyKind.TooMany => Trouble.TooMany(RetryAfter),
        _ => null,
    };
}
