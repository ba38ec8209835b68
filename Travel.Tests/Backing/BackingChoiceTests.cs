using Aspire.Hosting;
using Travel.AppHost.Backing;

namespace Travel.Tests.Backing;

/// <summary>With a container engine that is a script, and answers as it is told.</summary>
public sealed class BackingChoiceTests : IDisposable
{
    private const string NoImages = "[ \"$1\" = version ] || { echo 'no such host' >&2; exit 1; }";
    private const string Everything = "exit 0";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("travel-backing-");

    private string Note => Path.Combine(folder.FullName, "backing");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Auto_takes_containers_where_they_can_run()
    {
        (await ChooseAsync("auto", Engine(Everything))).ShouldBeOfType<ContainerBacking>();
        (await File.ReadAllTextAsync(Note)).ShouldBe("containers");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(NoImages)]
    public async Task Auto_takes_processes_where_containers_cannot_run(string? engine)
    {
        (await ChooseAsync("auto", Engine(engine))).ShouldBeOfType<ProcessBacking>();
        (await File.ReadAllTextAsync(Note)).ShouldBe("processes");
    }

    [Fact]
    public async Task Auto_stays_with_processes_when_an_engine_comes()
    {
        await ChooseAsync("auto", Engine(null));

        (await ChooseAsync("auto", Engine(Everything))).ShouldBeOfType<ProcessBacking>();
    }

    [Fact]
    public async Task Auto_stays_with_containers_and_says_so_when_the_engine_has_gone()
    {
        await ChooseAsync("auto", Engine(Everything));

        var refusal = await Should.ThrowAsync<BackingException>(() => ChooseAsync("auto", Engine(null)));

        refusal.Message.ShouldContain("No container engine answers");
        refusal.Message.ShouldContain(Note);
    }

    [Theory]
    [InlineData(null, "No container engine answers: start ")]
    [InlineData(NoImages, "is not here and cannot be pulled (no such host).")]
    public async Task Containers_that_cannot_run_are_refused_in_a_sentence(string? engine, string sentence)
    {
        var refusal = await Should.ThrowAsync<BackingException>(() => ChooseAsync("containers", Engine(engine)));

        refusal.ToString().ShouldContain(sentence);
    }

    [Fact]
    public async Task Processes_ask_no_engine() => (await ChooseAsync("processes", Engine("sleep 60"))).ShouldBeOfType<ProcessBacking>();

    [Fact]
    public async Task Anything_else_is_refused() => await Should.ThrowAsync<BackingException>(() => ChooseAsync("both", Engine(Everything)));

    private Task<IBacking> ChooseAsync(string backing, string engine) => BackingChoice.MakeAsync(
        DistributedApplication.CreateBuilder([$"--Backing={backing}", $"--Data={folder.FullName}", $"--ASPIRE_CONTAINER_RUNTIME={engine}"]));

    private string Engine(string? script)
    {
        var path = Path.Combine(folder.FullName, Guid.NewGuid().ToString("N"));
        if (script is not null)
        {
            File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
            }
        }

        return path;
    }
}
