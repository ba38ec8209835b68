using System.Data.Common;
using Aspire.Hosting.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Travel.Contracts;
using Travel.Domain;

namespace Travel.Tests.Fixtures;

/// <summary>A connection that breaks once, after the database has committed and before anybody here knows.</summary>
internal sealed class LostCommit : DbTransactionInterceptor
{
    public int Commits { get; private set; }

    /// <summary>The graph's database over it, tried again as the services do.</summary>
    public async Task<TravelDbContext> DatabaseAsync(TravelGraph graph)
    {
        var options = new DbContextOptionsBuilder<TravelDbContext>()
            .UseNpgsql($"{await graph.App.GetConnectionStringAsync(ResourceNames.Database)};Pooling=false")
            .AddInterceptors(this);
        DatabaseClient.Configure(options);
        return new TravelDbContext(options.Options);
    }

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        ++Commits == 1 ? throw new NpgsqlException("The connection broke.", new IOException()) : Task.CompletedTask;
}
