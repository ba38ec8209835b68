using Travel.AppHost.Backing;

namespace Travel.Tests.Backing;

public sealed class VolumeNamesTests
{
    [Theory]
    [InlineData("docker.io/library/postgres:18.3", "postgres-18")]
    [InlineData("docker.io/library/postgres:18.4-alpine", "postgres-18")]
    [InlineData("travel/postgres:15", "postgres-15")]
    [InlineData("registry.test:5000/postgres:pg17", "postgres-pg17")]
    [InlineData("registry.test:5000/postgres", "postgres-latest")]
    public void Another_minor_version_finds_the_data_again_and_another_major_one_does_not(string image, string end) =>
        VolumeNames.Of("/data", "postgres", image).ShouldBe($"{VolumeNames.Prefix("/data")}{end}");

    [Fact]
    public void Every_data_folder_has_volumes_of_its_own() =>
        VolumeNames.Of("/one", "postgres", "postgres:18").ShouldNotBe(VolumeNames.Of("/two", "postgres", "postgres:18"));
}
