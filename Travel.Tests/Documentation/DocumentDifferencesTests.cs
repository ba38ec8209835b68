using System.Text.Json.Nodes;

namespace Travel.Tests.Documentation;

public sealed class DocumentDifferencesTests
{
    [Theory]
    [InlineData("""{"a":1,"b":[1,{"c":null}]}""", """{"b":[1,{"c":null}],"a":1}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{}}""", "a b: only committed")]
    [InlineData("""{"a":{}}""", """{"a":{"b":null}}""", "a b: only running")]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", "a 0: committed 1, running 2", "a 1: committed 2, running 1")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", "a: committed [1], running [1,2]")]
    [InlineData("""{"a":"1"}""", """{"a":1}""", "a: committed \"1\", running 1")]
    public void Each_difference_is_a_line_that_says_where(string committed, string running, params string[] lines) =>
        DocumentDifferences.Between(JsonNode.Parse(committed), JsonNode.Parse(running)).ShouldBe(lines);
}
