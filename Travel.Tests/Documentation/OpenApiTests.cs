using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Travel.Contracts;
using Travel.Tests.Fixtures;

namespace Travel.Tests.Documentation;

/// <summary>The document that the running Api serves. Of the committed one, which is the same, all tests read what they may be answered.</summary>
[Collection(TravelGraph.Collection)]
public sealed class OpenApiTests(TravelGraph graph)
{
    private const string Renew = "UPDATE_OPENAPI=1 ./test --filter OpenApiTests writes docs/openapi.json anew. Look at what changes: clients rely on what was there.";

    /// <summary>Of no operation: what routing answers where there is none.</summary>
    private static readonly ProblemType[] OfNoOperation = [ProblemTypes.MethodNotAllowed];

    [Fact]
    public async Task The_committed_document_is_what_the_Api_serves()
    {
        var running = await DocumentAsync();
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") is { Length: > 0 })
        {
            await OpenApiDocument.CommitAsync(running);
            return;
        }

        DocumentDifferences.Between(OpenApiDocument.Committed, running).Take(50).ShouldBeEmpty(Renew);
    }

    [Fact]
    public async Task The_document_names_no_machine() => (await DocumentAsync())["servers"].ShouldBeNull();

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_a_summary_and_a_room()
    {
        var operations = (await DocumentAsync()).Operations().ToList();

        operations.ShouldNotBeEmpty();
        operations.ShouldAllBe(operation => operation.Value["summary"]!.GetValue<string>().Length > 0);
        operations.ShouldAllBe(operation => operation.Value["tags"]!.AsArray().Count == 1);
        operations.Select(operation => operation.Value["operationId"]!.GetValue<string>()).ShouldBeUnique();
    }

    [Fact]
    public async Task Every_parameter_and_every_header_says_what_it_means()
    {
        var document = await DocumentAsync();
        var named =
            from operation in document.Operations()
            from part in (operation.Value["parameters"]?.AsArray().Select(parameter => (Name: parameter!["name"]!.GetValue<string>(), Value: parameter!)) ?? [])
                .Concat(
                    from response in document.Responses(operation.Value)
                    from header in response.Value["headers"]?.AsObject() ?? []
                    select (Name: header.Key, Value: document.Resolve(header.Value!)))
            select (Name: $"{operation.Method} {operation.Path} {part.Name}", Said: part.Value["description"]?.GetValue<string>());

        named.Where(part => string.IsNullOrWhiteSpace(part.Said)).Select(part => part.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_documented_error_is_a_problem_of_a_known_type_and_of_that_status()
    {
        var document = await DocumentAsync();
        var known = ProblemTypes.All.ToDictionary(type => type.Uri, type => type.Status, StringComparer.Ordinal);
        foreach (var (operation, status, response) in Errors(document))
        {
            var content = response["content"]!.AsObject().ShouldHaveSingleItem(operation);
            content.Key.ShouldBe("application/problem+json", operation);
            var problems = document.ExamplesIn(content.Value!).ToList();
            problems.ShouldNotBeEmpty($"{operation} {status}");
            problems.ShouldAllBe(problem => known[problem["type"]!.GetValue<string>()] == int.Parse(status, null) && problem["status"]!.GetValue<int>() == int.Parse(status, null));
        }
    }

    [Fact]
    public async Task Every_type_of_problem_is_of_some_operation()
    {
        var document = await DocumentAsync();
        var documented = Errors(document)
            .SelectMany(error => document.ExamplesIn(error.Response["content"]!["application/problem+json"]!))
            .Select(problem => problem["type"]!.GetValue<string>());

        ProblemTypes.All.Except(OfNoOperation).Select(type => type.Uri).Except(documented, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_told_to_wait_is_told_how_long()
    {
        var document = await DocumentAsync();

        Errors(document).Where(error => error.Status is "429" or "503").ShouldAllBe(error => error.Response["headers"]!["Retry-After"] != null);
    }

    [Fact]
    public async Task What_needs_signing_in_says_so_and_nothing_else_does()
    {
        var document = await DocumentAsync();
        using var nobody = graph.Visitor();
        foreach (var (method, path, operation) in document.Operations())
        {
            var challenges = await IsChallengedAsync(nobody, method, path);

            (operation["security"] is not null).ShouldBe(challenges, $"{method} {path}");
            if (challenges)
            {
                operation["responses"]!["401"].ShouldNotBeNull($"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task Every_body_is_shown_as_the_contract_has_it()
    {
        var document = await DocumentAsync();
        var bodies = (
            from operation in document.Operations()
            from body in document.Responses(operation.Value).Where(response => response.Status[0] == '2')
                .Append((Status: "request", Value: operation.Value["requestBody"] ?? new JsonObject()))
            let content = body.Value["content"]?["application/json"]
            where content is not null
            select (Name: $"{operation.Method} {operation.Path} {body.Status}", Content: content)).ToList();

        bodies.Count.ShouldBeGreaterThan(50);
        foreach (var (name, content) in bodies)
        {
            var type = TypeOf(content["schema"]!, name);
            var example = document.ExamplesIn(content).ShouldHaveSingleItem(name);
            var read = JsonSerializer.Deserialize(example, type, TravelJson.Options);
            JsonNode.DeepEquals(JsonSerializer.SerializeToNode(read, type, TravelJson.Options), example).ShouldBeTrue(name);
            SchemaRules.Breaches(document, content["schema"]!, example).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public async Task Nothing_in_the_document_is_empty_or_referred_to_by_nobody()
    {
        var document = await DocumentAsync();
        var text = document.ToJsonString();
        var components = (
            from kind in document["components"]!.AsObject()
            from component in kind.Value!.AsObject()
            where kind.Key is not "securitySchemes"
            select $"#/components/{kind.Key}/{component.Key}").ToList();

        components.Where(reference => !text.Contains($"\"{reference}\"", StringComparison.Ordinal))
            .Except(OfNoOperation.Select(type => $"#/components/examples/{type.Name}"))
            .ShouldBeEmpty();
        SchemaRules.Unsaid(document).ShouldBeEmpty("schemas that say nothing");
    }

    [Fact]
    public async Task The_document_has_a_page_for_people()
    {
        using var api = graph.Anonymous();

        (await api.GetStringAsync("/swagger/index.html")).ShouldContain("swagger-ui");
    }

    private static IEnumerable<(string Operation, string Status, JsonNode Response)> Errors(JsonNode document) =>
        from operation in document.Operations()
        from response in document.Responses(operation.Value)
        where response.Status[0] is '4' or '5'
        select ($"{operation.Method} {operation.Path}", response.Status, response.Value);

    /// <summary>Whether somebody without a token is asked for one: who has nothing to sign in with is asked before what they send is looked at.</summary>
    private static async Task<bool> IsChallengedAsync(HttpClient nobody, string method, string path)
    {
        var id = Guid.CreateVersion7().ToString();
        using var request = new HttpRequestMessage(new HttpMethod(method), System.Text.RegularExpressions.Regex.Replace(path, @"\{\w+\}", id, default, TimeSpan.FromSeconds(1)));
        using var answer = await nobody.SendAsync(request);
        return answer.Headers.WwwAuthenticate.Count > 0;
    }

    private static Type TypeOf(JsonNode schema, string body)
    {
        if (schema["oneOf"] is JsonArray { Count: 2 } nullOrBody)
        {
            return TypeOf(nullOrBody[1]!, body);
        }

        if (schema["items"] is { } items)
        {
            return TypeOf(items, body).MakeArrayType();
        }

        var name = schema["$ref"].ShouldNotBeNull(body).GetValue<string>().Split('/')[^1];
        return name.StartsWith("PageOf", StringComparison.Ordinal)
            ? typeof(Page<>).MakeGenericType(ContractNamed(name["PageOf".Length..]))
            : ContractNamed(name);
    }

    private static Type ContractNamed(string name) => typeof(Money).Assembly.GetExportedTypes().Where(type => type.Name == name).ShouldHaveSingleItem(name);

    private async Task<JsonNode> DocumentAsync()
    {
        using var api = graph.Anonymous();
        return (await api.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
    }
}
