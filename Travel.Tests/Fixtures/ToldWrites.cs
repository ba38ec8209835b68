using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using Travel.Domain.Caching;

namespace Travel.Tests.Fixtures;

/// <summary>A test that writes past the use cases must say so as an operator would: else the Api goes on answering what it keeps.</summary>
internal sealed partial class ToldWrites(IConnectionMultiplexer redis) : DbCommandInterceptor, IDbTransactionInterceptor
{
    private readonly RedisLevel cache = new(redis, Options.Create(new CachingOptions()), TimeProvider.System, NullLogger<RedisLevel>.Instance);
    private bool isUncommitted;

    public override async ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await TellAsync(command);
        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        await TellAsync(command);
        return result;
    }

    public async Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (isUncommitted)
        {
            isUncommitted = false;
            await FlushAsync();
        }
    }

    private async Task TellAsync(DbCommand command)
    {
        if (!Writes().IsMatch(command.CommandText))
        {
            return;
        }

        isUncommitted = command.Transaction is not null;
        if (!isUncommitted)
        {
            await FlushAsync();
        }
    }

    /// <summary>With Redis away there is nothing to be told: processes begin anew when it is back.</summary>
    private Task FlushAsync() => cache.TouchAsync(Guid.NewGuid(), [CacheTags.Everything]);

    [GeneratedRegex("(INSERT INTO|UPDATE|DELETE FROM) \"?(listings|listing_seasons|listing_photos|photos|occupancies|reviews|users)\\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Writes();
}
