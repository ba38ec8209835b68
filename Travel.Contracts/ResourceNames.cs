namespace Travel.Contracts;

/// <summary>What the parts of the graph are called: in the AppHost, in connection strings and in service addresses.</summary>
public static class ResourceNames
{
    public const string Postgres = "postgres";
    public const string Database = "traveldb";
    public const string Cache = "cache";
    public const string Messaging = "messaging";
    public const string Mail = "mail";
    public const string Chapa = "chapa";
    public const string Migrations = "migrations";
    public const string Api = "api";
    public const string Worker = "worker";
    public const string Web = "web";
}
