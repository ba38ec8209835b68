using Npgsql;
using Travel.Domain;

namespace Travel.Tests.Data;

public sealed class DatabaseClientTests
{
    [Fact]
    public void Statements_are_prepared_and_connections_given_back_without_a_word()
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseClient.Prepared("Host=somewhere;Username=travel"));

        connection.MaxAutoPrepare.ShouldBeGreaterThan(0);
        connection.NoResetOnClose.ShouldBeTrue();
        (connection.Host, connection.Username).ShouldBe(("somewhere", "travel"));
    }

    [Fact]
    public void What_the_connection_string_says_of_that_stays()
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseClient.Prepared("Host=pooler;Max Auto Prepare=0;No Reset On Close=false"));

        connection.MaxAutoPrepare.ShouldBe(0);
        connection.NoResetOnClose.ShouldBeFalse();
    }

    [Fact]
    public void No_connection_string_stays_none() => DatabaseClient.Prepared(null).ShouldBeNull();
}
