using System.ComponentModel;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Travel.Contracts;

namespace Travel.Api.Documentation;

/// <summary>What the generator cannot see: how our own converters write text, instants, enums and money.</summary>
internal static class WireSchemas
{
    public static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var orNull = context.JsonPropertyInfo is { IsGetNullable: true } ? JsonSchemaType.Null : default;
        if (type == typeof(Money))
        {
            DescribeMoney(schema, orNull, context.Document!);
        }
        else if (type == typeof(string) || type == typeof(DateTimeOffset) || type.IsEnum)
        {
            schema.Type = JsonSchemaType.String | orNull;
            schema.Format ??= type == typeof(DateTimeOffset) ? "date-time" : null;
            schema.Description ??= context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
                .OfType<DescriptionAttribute>().FirstOrDefault()?.Description;
        }
        else if (schema.AdditionalProperties is OpenApiSchema { Type: JsonSchemaType.Array, Items: null } sentences)
        {
            sentences.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        }
        else if (schema.Type?.HasFlag(JsonSchemaType.Array) == true)
        {
            // Of all there are lists of, only text is unknown to the generator.
            schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Bodies are read strictly, so the generator closes all schemas. Those that are only answered may get more fields, and say so by saying
    /// nothing.
    /// </summary>
    public static void OpenWhatIsOnlyAnswered(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        var read = new HashSet<string>(StringComparer.Ordinal);
        foreach (var body in document.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.RequestBody).OfType<OpenApiRequestBody>())
        {
            foreach (var content in body.Content!.Values)
            {
                Collect(content.Schema);
            }
        }

        foreach (var (name, schema) in schemas)
        {
            if (!read.Contains(name) && schema is OpenApiSchema answered)
            {
                answered.AdditionalPropertiesAllowed = true;
            }
        }

        void Collect(IOpenApiSchema? schema)
        {
            switch (schema)
            {
                case OpenApiSchemaReference { Reference.Id: { } id } when read.Add(id):
                    Collect(schemas[id]);
                    break;
                case OpenApiSchema inline:
                    foreach (var part in (IEnumerable<IOpenApiSchema?>)[.. inline.Properties?.Values ?? [], .. inline.OneOf ?? [], inline.Items, inline.AdditionalProperties])
                    {
                        Collect(part);
                    }

                    break;
            }
        }
    }

    /// <summary>The generator copies what may be null wherever it is; this says once what money is.</summary>
    public static void ReferToMoney(OpenApiDocument document)
    {
        foreach (var property in document.Components!.Schemas!.Values.SelectMany(schema => schema.Properties?.Values ?? []).OfType<OpenApiSchema>())
        {
            if (property.OneOf is [_, OpenApiSchema { Properties: { } fields }] && fields.ContainsKey("amount"))
            {
                property.OneOf[1] = new OpenApiSchemaReference(nameof(Money), document);
            }
        }
    }

    private static void DescribeMoney(OpenApiSchema schema, JsonSchemaType orNull, OpenApiDocument document)
    {
        if (orNull != default)
        {
            schema.OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, new OpenApiSchemaReference(nameof(Money), document)];
            return;
        }

        schema.Type = JsonSchemaType.Object;
        schema.Description = "An amount of money.";
        schema.AdditionalPropertiesAllowed = false;
        schema.Required = new HashSet<string>(["amount", "currency"], StringComparer.Ordinal);
        schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["amount"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Pattern = "^-?[0-9]+(\\.[0-9]+)?$",
                Description = "A decimal, with no more digits after the point than the currency has; it is answered with all of them.",
            },
            ["currency"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Enum = [(JsonNode)Currencies.EthiopianBirr, (JsonNode)Currencies.UsDollar],
                Description = "ISO 4217 code.",
            },
        };
    }
}
