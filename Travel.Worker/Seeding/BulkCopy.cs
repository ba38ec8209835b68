using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Travel.Worker.Seeding;

internal static class BulkCopy
{
    /// <summary>
    /// Loads rows with COPY, in the current transaction: some ten times as fast as inserts. Columns, types and conversions are those of
    /// the model.
    /// </summary>
    public static async Task<int> CopyAsync<T>(this DbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken) where T : class
    {
        var table = db.Model.FindEntityType(typeof(T))!.GetTableMappings().Single().Table;
        var columns = table.Columns.Select(column => new Column(column)).ToList();
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var into = $"COPY {table.Name} ({string.Join(", ", columns.Select(column => column.Name))}) FROM STDIN (FORMAT BINARY)";
        await using var import = await connection.BeginBinaryImportAsync(into, cancellationToken);
        foreach (var row in rows)
        {
            await import.StartRowAsync(cancellationToken);
            foreach (var column in columns)
            {
                await (column.ValueOf(row) is { } value
                    ? import.WriteAsync(value, column.Type, cancellationToken)
                    : import.WriteNullAsync(cancellationToken));
            }
        }

        return (int)await import.CompleteAsync(cancellationToken);
    }

    private sealed class Column(IColumn column)
    {
        private readonly IProperty property = column.PropertyMappings.Single().Property;

        public string Name { get; } = column.Name;

        public string Type { get; } = column.StoreType;

        public object? ValueOf(object row)
        {
            var value = property.GetGetter().GetClrValue(row);
            return column.StoreTypeMapping.Converter is { } converter ? converter.ConvertToProvider(value) : value;
        }
    }
}
