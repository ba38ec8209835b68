namespace Aspire.Npgsql.EntityFrameworkCore.PostgreSQL;

public class NpgsqlEntityFrameworkCorePostgreSQLSettings
{
    public string? ConnectionString { get; set; }

    /// <summary>For a context whose own options say how often to try again, and how soon.</summary>
    public bool DisableRetry { get; set; }
}
